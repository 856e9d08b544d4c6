import type { paths } from '../../../api/generated/intake.js';

type Json<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } } ? Body : never;

export type Lot = Json<'/api/intake/lots/{lotId}'>;
export type Line = Json<'/api/intake/lots/{lotId}/lines'>['items'][number];
export type Device = Json<'/api/intake/lots/{lotId}/devices'>['items'][number];
export type Session = Json<'/api/intake/lots/{lotId}/receptions'>[number];
type Scan = paths['/api/intake/receptions/{receptionId}/devices']['post'];
export type ScanBody = NonNullable<Scan['requestBody']>['content']['application/json'];
export type Received = Scan['responses'][201]['content']['application/json'];

/** States in which a session may be opened. */
export const OPENABLE: readonly string[] = ['accepted', 'receiving', 'received', 'closed'];
export const REFUSALS = ['dangerous', 'leased', 'not-the-donors', 'other'] as const;

/** What should come: what was declared, without what was declined. */
export const expectedOf = ({ declared, declined }: Pick<Lot, 'declared' | 'declined'>): number => declared - declined;
/** Once the lot's reception has ended, what has not come is missing; until then it is awaited. */
export const missingOf = ({ missing, awaited }: Pick<Lot, 'missing' | 'awaited'>): number => missing + awaited;

export type LineStanding = 'complete' | 'partly' | 'awaited' | 'declined';
export function standingOf({ quantity, declined, received, refused }: Pick<Line, 'quantity' | 'declined' | 'received' | 'refused'>): LineStanding {
  const wanted = quantity - declined;
  if (wanted === 0) return 'declined';
  if (received + refused >= wanted) return 'complete';
  return received + refused > 0 ? 'partly' : 'awaited';
}

export const modelOf = ({ maker, model }: { readonly maker?: string | null | undefined; readonly model?: string | null | undefined }): string => [maker, model].filter((part) => part).join(' ');

/** An IMEI is known by its digits; anything else that a device says of itself is its serial. */
export function identify(scanned: string): { readonly serial: string } | { readonly imei: string } {
  const digits = scanned.replace(/[\s./-]/g, '');
  return /^\d{15}$/.test(digits) ? { imei: digits } : { serial: scanned.trim() };
}
