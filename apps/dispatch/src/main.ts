import { dispatch } from '@lacollecte/dispatch';
import { runService } from '@lacollecte/runtime';

await runService(dispatch);
