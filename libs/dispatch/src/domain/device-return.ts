import { DomainError } from '@lacollecte/contracts';

export const RETURN_STATES = ['requested', 'received', 'lost', 'found'] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

/** One device of a shipment that must come back, or did not arrive. */
export interface DeviceReturn {
  readonly id: string;
  readonly version: number;
  readonly state: ReturnState;
  readonly deviceId: string;
  readonly shipmentId: string;
  readonly reservationId: string;
  readonly structureId: string;
  /** Where it is expected, then where it is. */
  readonly siteId: string;
  readonly reason: string | null;
}

/** What may follow what: a device on its way may be asked back and then turn out to be missing. */
export const RETURN_TRANSITIONS: Readonly<Record<ReturnState, readonly ReturnState[]>> = {
  requested: ['received', 'lost'],
  lost: ['found'],
  received: [],
  found: [],
};

/** The return in its next state at this site; undefined where it is in that state already. */
export function moveReturn(current: DeviceReturn, to: ReturnState, siteId: string): DeviceReturn | undefined {
  if (current.state === to) return undefined;
  if (!RETURN_TRANSITIONS[current.state].includes(to)) throw new DomainError('return-not-in-state', { state: current.state });
  return { ...current, state: to, siteId };
}
