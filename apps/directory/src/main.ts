import { directoryService } from '@lacollecte/directory';
import { runService } from '@lacollecte/runtime';

await runService(directoryService);
