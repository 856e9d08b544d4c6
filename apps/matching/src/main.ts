import { matchingService } from '@lacollecte/matching';
import { runService } from '@lacollecte/runtime';

await runService(matchingService);
