import { traceabilityService } from '@lacollecte/traceability';
import { runService } from '@lacollecte/runtime';

await runService(traceabilityService);
