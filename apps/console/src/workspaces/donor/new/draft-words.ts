import { isSiren } from '@lacollecte/contracts';
import type { Lot } from '../lot.js';

/** What a donor says of the pick-up; kept with the lot as texts. */
export const WISHES = ['siren', 'street', 'postalCode', 'city', 'floor', 'lift', 'hours', 'from', 'contact', 'phone', 'remarks'] as const;
export type Wish = (typeof WISHES)[number];
export type Words = { readonly title: string } & { readonly [wish in Wish]: string };

export const STEPS = ['company', 'equipment', 'pickup', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** What keeps a gift from being sent, and the step where it is given. */
export const NEEDED = ['title', 'siren', 'devices', 'list', 'street', 'postalCode', 'city', 'contact', 'phone'] as const;
export type Needed = (typeof NEEDED)[number];
const STEP_OF: Readonly<Record<Needed, Step>> = {
  title: 'company', siren: 'company', devices: 'equipment', list: 'equipment', street: 'pickup', postalCode: 'pickup', city: 'pickup', contact: 'pickup', phone: 'pickup',
};

export function wordsOf({ title, pickupWish }: Pick<Lot, 'title' | 'pickupWish'>): Words {
  return { title, ...(Object.fromEntries(WISHES.map((wish) => [wish, pickupWish[wish] ?? ''])) as Record<Wish, string>) };
}

/** As the service takes it: what is empty is left out. */
export function sentOf({ title, ...wishes }: Words) {
  return { ...(title.trim() !== '' && { title: title.trim() }), pickupWish: Object.fromEntries(Object.entries(wishes).filter(([, text]) => text.trim() !== '')) };
}

export const sirenDigits = (text: string): string => text.replaceAll(/\s/g, '');

/** `unlike`: a company's number, and not the one of this account's company. */
export function sirenFault(text: string, own: string | null): 'missing' | 'wrong' | 'unlike' | null {
  const digits = sirenDigits(text);
  if (digits === '') return 'missing';
  if (!isSiren(digits)) return 'wrong';
  return own !== null && digits !== own ? 'unlike' : null;
}

/** What is still missing, in the order of the steps. A public body or an association may have no SIREN. */
export function missingOf(words: Words, { devices, listPending, own, sirenNeeded }: { devices: number; listPending: boolean; own: string | null; sirenNeeded: boolean }): Needed[] {
  const fault = sirenFault(words.siren, own);
  return NEEDED.filter((needed) => {
    if (needed === 'devices') return devices === 0 && !listPending;
    if (needed === 'list') return listPending;
    if (needed === 'siren') return fault !== null && (sirenNeeded || fault !== 'missing');
    if (needed === 'postalCode') return !/^\d{5}$/.test(words.postalCode.trim());
    return words[needed].trim() === '';
  });
}

export const stepOf = (needed: Needed): Step => STEP_OF[needed];
