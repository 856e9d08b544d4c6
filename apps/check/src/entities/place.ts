import type { inventory, refurbishment } from '@lacollecte/contracts';

/** Where a received device is. Transfers between sites are not followed yet. */
export type Place = 'workshop' | 'stock' | 'reserved' | 'held' | 'shipped' | 'delivered' | 'recycled' | 'returned-to-donor' | 'lost';

/** What each service says of one device; absent where it does not know it. */
export interface Whereabouts {
  readonly device?: refurbishment.DeviceState | undefined;
  readonly item?: { readonly state: (typeof inventory.ITEM_STATES)[number]; readonly quarantine: string | null } | undefined;
  readonly dispatch?: 'away' | 'delivered' | 'lost' | 'back' | undefined;
}

/** The one place that all services agree on; undefined where they do not. */
export function placeOf(where: Whereabouts): Place | undefined {
  switch (where.device) {
    case undefined:
      return undefined;
    case 'ready':
      return ofReady(where);
    case 'delivered':
      return where.item?.state === 'issued' && where.dispatch === 'delivered' ? 'delivered' : undefined;
    case 'recalled':
      return ofRecalled(where);
    case 'lost':
      return isPutAside(where) || where.item?.state === 'issued' ? 'lost' : undefined;
    case 'recycled':
    case 'returned-to-donor':
      return isPutAside(where) && isHere(where) ? where.device : undefined;
    default:
      return isPutAside(where) && isHere(where) ? 'workshop' : undefined;
  }
}

/** It was never stock, or inventory has sent it back or written it off: whatever else is said of it, it is not promised. */
function isPutAside({ item }: Whereabouts): boolean {
  return item === undefined || item.state === 'written-off' || (item.state === 'quarantined' && (item.quarantine === 'recalled' || item.quarantine === 'returned'));
}

/** Neither on its way nor with a structure; lost there, it may have been found in the workshop. */
function isHere({ dispatch }: Whereabouts): boolean {
  return dispatch !== 'away' && dispatch !== 'delivered';
}

function ofReady({ item, dispatch }: Whereabouts): Place | undefined {
  if (item?.state === 'issued') return dispatch === 'away' ? 'shipped' : undefined;
  if (dispatch !== undefined && dispatch !== 'back') return undefined;
  switch (item?.state) {
    case 'in-stock':
      return 'stock';
    case 'reserved':
    case 'picked':
      return 'reserved';
    case 'written-off':
      return 'lost';
    case 'quarantined':
      // Sent back to the workshop, it would not be ready.
      return item.quarantine === 'recalled' || item.quarantine === 'returned' ? undefined : 'held';
    default:
      return undefined;
  }
}

/** Out of stock everywhere; one that had left before is where dispatch says until it comes back. */
function ofRecalled({ item, dispatch }: Whereabouts): Place | undefined {
  if (item?.state === 'in-stock' || item?.state === 'reserved' || item?.state === 'picked') return undefined;
  if (dispatch === 'away') return 'shipped';
  if (dispatch === 'delivered') return 'delivered';
  return item?.state === 'issued' ? undefined : 'held';
}
