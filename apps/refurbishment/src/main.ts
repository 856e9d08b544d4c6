import { refurbishment } from '@lacollecte/refurbishment';
import { runService } from '@lacollecte/runtime';

await runService(refurbishment);
