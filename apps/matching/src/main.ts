import { matching } from '@lacollecte/matching';
import { runService } from '@lacollecte/runtime';

await runService(matching);
