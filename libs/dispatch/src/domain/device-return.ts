import { dispatch, DomainError, refurbishment } from '@lacollecte/contracts';

export type ReturnState = (typeof dispatch.RETURN_STATES)[number];

/** What a structure may say of a device that broke. */
export const FAULTS = ['does-not-start', 'screen', 'battery', 'keyboard', 'network', 'unsafe', 'other-fault'] as const;
export type Fault = (typeof FAULTS)[number];

/** Why a device must come back, or did not arrive, as its structure is told. */
export const RETURN_REASONS = [...refurbishment.RECALL_REASONS, 'missing-at-delivery', 'does-not-start', 'screen', 'battery', 'keyboard', 'network', 'other-fault'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];
const TEXTS: Readonly<Record<ReturnReason, { readonly fr: string; readonly en: string }>> = {
  ...refurbishment.RECALL_TEXTS,
  'missing-at-delivery': { fr: 'Il manquait à la livraison.', en: 'It was missing at delivery.' },
  'does-not-start': { fr: 'Il ne démarre plus.', en: 'It no longer starts.' },
  screen: { fr: 'Son écran ne marche plus.', en: 'Its screen no longer works.' },
  battery: { fr: 'Sa batterie ne tient plus la charge.', en: 'Its battery no longer holds a charge.' },
  keyboard: { fr: 'Son clavier ou son pavé tactile ne marche plus.', en: 'Its keyboard or touchpad no longer works.' },
  network: { fr: 'Il ne se connecte plus à un réseau.', en: 'It no longer connects to a network.' },
  'other-fault': { fr: 'La structure a signalé une autre panne.', en: 'The structure has reported another fault.' },
};

/** A reason as it may be shown: what was written in words of its own, before there were codes, is `other`. */
export function shownReason(kept: string | null): { reason: ReturnReason; reasonText: { fr: string; en: string } } {
  const reason = RETURN_REASONS.find((one) => one === kept) ?? 'other';
  return { reason, reasonText: { ...TEXTS[reason] } };
}

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
  readonly reason: ReturnReason;
}

/** The return in its next state at this site; undefined where it is in that state already. */
export function moveReturn(current: DeviceReturn, to: ReturnState, siteId: string): DeviceReturn | undefined {
  if (current.state === to) return undefined;
  if (!dispatch.RETURN_TRANSITIONS[current.state].includes(to)) throw new DomainError('return-not-in-state', { state: current.state });
  return { ...current, state: to, siteId };
}
