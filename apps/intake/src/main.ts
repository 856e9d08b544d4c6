import { intake } from '@lacollecte/intake';
import { runService } from '@lacollecte/runtime';

await runService(intake);
