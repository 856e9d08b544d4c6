import { dispatchService } from '@lacollecte/dispatch';
import { runService } from '@lacollecte/runtime';

await runService(dispatchService);
