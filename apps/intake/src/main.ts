import { intakeService } from '@lacollecte/intake';
import { runService } from '@lacollecte/runtime';

await runService(intakeService);
