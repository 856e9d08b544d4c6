import { inventoryService } from '@lacollecte/inventory';
import { runService } from '@lacollecte/runtime';

await runService(inventoryService);
