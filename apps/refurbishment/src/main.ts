import { refurbishmentService } from '@lacollecte/refurbishment';
import { runService } from '@lacollecte/runtime';

await runService(refurbishmentService);
