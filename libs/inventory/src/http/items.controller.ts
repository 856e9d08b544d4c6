import type { Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { putAwayItem } from '../commands/put-away-item.js';
import { clearItem, setItemAside, writeItemOff } from '../commands/set-item-aside.js';
import { peekingReservation, scanning } from '../persistence/item.repository.js';
import { listItems, showItem } from '../queries/items.js';
import { clearSpec, getItemSpec, listItemsSpec, putAwaySpec, setAsideSpec, writeOffSpec } from './inventory.schemas.js';

@Controller('items')
export class ItemsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listItemsSpec)
  list(@Input() input: InputOf<typeof listItemsSpec>) {
    return this.uow.run((tx) => listItems(tx, input.query));
  }

  @Endpoint('GET', ':itemId', getItemSpec)
  get(@Input() input: InputOf<typeof getItemSpec>) {
    return this.uow.run((tx) => showItem(tx, input.params.itemId));
  }

  @Endpoint('POST', 'put-away', putAwaySpec)
  putAway(@Input() input: InputOf<typeof putAwaySpec>) {
    return this.uow.run(async (tx) => showItem(tx, await putAwayItem(tx, input.body)), scanning(input.body.label));
  }

  @Endpoint('POST', ':itemId/quarantine', setAsideSpec)
  setAside(@Input() input: InputOf<typeof setAsideSpec>) {
    return this.#change(input.params.itemId, (tx) => setItemAside(tx, { ...input.params, ...input.body, version: input.version }));
  }

  @Endpoint('POST', ':itemId/clearance', clearSpec)
  clear(@Input() input: InputOf<typeof clearSpec>) {
    return this.#change(input.params.itemId, (tx) => clearItem(tx, { ...input.params, version: input.version }));
  }

  @Endpoint('POST', ':itemId/write-off', writeOffSpec)
  writeOff(@Input() input: InputOf<typeof writeOffSpec>) {
    return this.#change(input.params.itemId, (tx) => writeItemOff(tx, { ...input.params, ...input.body, version: input.version }));
  }

  #change(itemId: string, change: (tx: Tx) => Promise<void>) {
    return this.uow.run(async (tx) => {
      await change(tx);
      return showItem(tx, itemId);
    }, peekingReservation(itemId));
  }
}
