import { inventory } from '@lacollecte/inventory';
import { runService } from '@lacollecte/runtime';

await runService(inventory);
