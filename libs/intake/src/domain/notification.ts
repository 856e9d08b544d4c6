import type { LotSums } from './lot.js';

export const NOTIFICATION_KINDS = [
  'lot-accepted', 'lot-declined', 'lot-cancelled', 'pickup-planned', 'pickup-failed', 'lot-collected', 'lot-received', 'lot-closed',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

interface Words {
  readonly title: string;
  readonly text: string;
}
export interface Notification {
  readonly kind: NotificationKind;
  readonly texts: { readonly fr: Words; readonly en: Words };
}

interface Named {
  readonly title: string;
}

const number = { fr: new Intl.NumberFormat('fr'), en: new Intl.NumberFormat('en-GB') };
const day = { fr: new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeZone: 'Europe/Paris' }), en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'Europe/Paris' }) };

/** `2 appareils`: French has its plural from two on. */
const fr = (n: number, one: string, many: string): string => `${number.fr.format(n)} ${n < 2 ? one : many}`;
const en = (n: number, one: string, many: string): string => `${number.en.format(n)} ${n === 1 ? one : many}`;
const sentence = (...parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(' ');
const list = (...parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(', ');

function notification(kind: NotificationKind, [frTitle, frText]: readonly [string, string], [enTitle, enText]: readonly [string, string]): Notification {
  return { kind, texts: { fr: { title: frTitle, text: frText }, en: { title: enTitle, text: enText } } };
}

const WAYS = {
  there: ['Vous l’avez déposé au site.', 'You left it at the site.'],
  brought: ['Vous pouvez l’apporter au site.', 'You may bring it to the site.'],
  collected: ['Nous vous dirons quand nous venons le chercher.', 'We will tell you when we come to collect it.'],
} as const;

/** In whole, or less what was declined line by line. */
export function accepted({ title, brought, origin }: Named & { readonly brought: boolean; readonly origin: string }, { declared, declined: off }: LotSums): Notification {
  const [frWay, enWay] = origin === 'site' ? WAYS.there : brought ? WAYS.brought : WAYS.collected;
  return notification(
    'lot-accepted',
    [`Votre don « ${title} » est accepté`, sentence(
      declared > 0 && off === 0 && `Tout ce que vous avez annoncé est accepté : ${fr(declared, 'appareil', 'appareils')}.`,
      off > 0 && `${fr(declared - off, 'appareil accepté', 'appareils acceptés')} sur ${number.fr.format(declared)} ; les motifs des refus sont dans l’inventaire.`,
      frWay,
    )],
    [`Your gift “${title}” is accepted`, sentence(
      declared > 0 && off === 0 && `All that you announced is accepted: ${en(declared, 'device', 'devices')}.`,
      off > 0 && `${en(declared - off, 'device', 'devices')} of ${number.en.format(declared)} accepted; the inventory says why the others were not.`,
      enWay,
    )],
  );
}

export function declined({ title }: Named, reason: string): Notification {
  return notification(
    'lot-declined',
    [`Votre don « ${title} » n’a pas pu être accepté`, `Motif : ${reason}`],
    [`Your gift “${title}” could not be accepted`, `Reason: ${reason}`],
  );
}

/** By somebody else than the donor. */
export function cancelled({ title }: Named): Notification {
  return notification(
    'lot-cancelled',
    [`Votre don « ${title} » est annulé`, 'La coordination l’a annulé : rien ne sera enlevé. Si cela vous surprend, appelez-nous.'],
    [`Your gift “${title}” is cancelled`, 'The coordination cancelled it: nothing will be collected. If this surprises you, call us.'],
  );
}

/** @param plannedOn `2026-11-30` */
export function pickupPlanned({ title }: Named, plannedOn: string): Notification {
  const on = new Date(`${plannedOn}T12:00:00Z`);
  return notification(
    'pickup-planned',
    [`Enlèvement prévu le ${day.fr.format(on)}`, `Nous venons chercher votre don « ${title} » ce jour-là.`],
    [`Pick-up planned on ${day.en.format(on)}`, `We come to collect your gift “${title}” on that day.`],
  );
}

export function pickupFailed({ title }: Named, reason: string): Notification {
  return notification(
    'pickup-failed',
    [`L’enlèvement de « ${title} » n’a pas eu lieu`, `Motif : ${reason}. Nous vous proposerons une autre date.`],
    [`“${title}” was not picked up`, `Reason: ${reason}. We will offer you another date.`],
  );
}

/** @param inventoryDue by when the received inventory is there */
export function collected({ title }: Named, inventoryDue: Date): Notification {
  return notification(
    'lot-collected',
    [`Votre don « ${title} » est entre nos mains`, `Vous saurez ce que nous avons reçu, appareil par appareil, au plus tard le ${day.fr.format(inventoryDue)}.`],
    [`Your gift “${title}” is in our hands`, `You will know what we received, device by device, by ${day.en.format(inventoryDue)} at the latest.`],
  );
}

/** As announced, or with differences. */
export function received({ title }: Named, sums: LotSums): Notification {
  const came = sums.received + sums.unexpected;
  const expected = sums.declared - sums.declined;
  const same = sums.missing + sums.refused + sums.unexpected === 0;
  return notification(
    'lot-received',
    [same ? `Votre don « ${title} » est reçu, comme annoncé` : `Votre don « ${title} » est reçu, avec des écarts`, sentence(
      `${fr(came, 'appareil reçu', 'appareils reçus')} pour ${number.fr.format(expected)} attendus.`,
      !same && `Écarts : ${list(
        sums.missing > 0 && fr(sums.missing, 'manquant', 'manquants'), sums.refused > 0 && fr(sums.refused, 'refusé à l’arrivée', 'refusés à l’arrivée'),
        sums.unexpected > 0 && fr(sums.unexpected, 'non annoncé', 'non annoncés'),
      )}.`,
      'L’inventaire reçu est à télécharger.',
    )],
    [same ? `Your gift “${title}” is received, as announced` : `Your gift “${title}” is received, with differences`, sentence(
      `${en(came, 'device', 'devices')} received for ${number.en.format(expected)} expected.`,
      !same && `Differences: ${list(
        sums.missing > 0 && `${number.en.format(sums.missing)} missing`, sums.refused > 0 && `${number.en.format(sums.refused)} refused on arrival`,
        sums.unexpected > 0 && `${number.en.format(sums.unexpected)} not announced`,
      )}.`,
      'The received inventory can be downloaded.',
    )],
  );
}

/** @param outcomes devices by where they ended */
export function closed({ title }: Named, outcomes: Readonly<Record<string, number>>): Notification {
  const { delivered = 0, recycled = 0 } = outcomes;
  const all = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
  const other = all - delivered - recycled;
  return notification(
    'lot-closed',
    [`Tous les appareils de « ${title} » ont trouvé leur destination`, `${list(
      fr(delivered, 'réutilisé', 'réutilisés'), fr(recycled, 'recyclé', 'recyclés'), other > 0 && fr(other, 'rendu ou perdu', 'rendus ou perdus'),
    )}. Merci.`],
    [`Every device of “${title}” has found its place`, `${list(
      `${number.en.format(delivered)} reused`, `${number.en.format(recycled)} recycled`, other > 0 && `${number.en.format(other)} returned or lost`,
    )}. Thank you.`],
  );
}
