import { dispatch, DomainError } from '@lacollecte/contracts';

export type ReturnState = (typeof dispatch.RETURN_STATES)[number];

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

/** The return in its next state at this site; undefined where it is in that state already. */
export function moveReturn(current: DeviceReturn, to: ReturnState, siteId: string): DeviceReturn | undefined {
  if (current.state === to) return undefined;
  if (!dispatch.RETURN_TRANSITIONS[current.state].includes(to)) throw new DomainError('return-not-in-state', { state: current.state });
  return { ...current, state: to, siteId };
}
