import type { LotSums } from './lot.js';
import { accepted, cancelled, closed, collected, declined, type Notification, pickupFailed, pickupPlanned, received } from './notification.js';

const lot = { title: 'Bureaux', brought: false, origin: 'donor' };
const sums: LotSums = { declared: 1240, declined: 0, received: 0, refused: 0, missing: 0, awaited: 0, unexpected: 0 };
const said = ({ texts: { fr, en } }: Notification): string[] => [fr.title, fr.text, en.title, en.text].map((text) => text.replace(/[\u00a0\u202f]/g, ' '));

it('says how much of a lot is accepted, and what comes next', () => {
  expect(said(accepted(lot, sums))).toEqual([
    'Votre don « Bureaux » est accepté', 'Tout ce que vous avez annoncé est accepté : 1 240 appareils. Nous vous dirons quand nous venons le chercher.',
    'Your gift “Bureaux” is accepted', 'All that you announced is accepted: 1,240 devices. We will tell you when we come to collect it.',
  ]);
  expect(said(accepted({ ...lot, brought: true }, { ...sums, declared: 2, declined: 1 }))).toEqual(expect.arrayContaining([
    '1 appareil accepté sur 2 ; les motifs des refus sont dans l’inventaire. Vous pouvez l’apporter au site.', '1 device of 2 accepted; the inventory says why the others were not. You may bring it to the site.',
  ]));
  expect(said(accepted({ ...lot, origin: 'site', brought: true }, { ...sums, declared: 0 }))).toEqual(expect.arrayContaining(['Vous l’avez déposé au site.', 'You left it at the site.']));
});

it('names the differences of what was received, and only those there are', () => {
  expect(said(received(lot, { ...sums, declared: 10, received: 10 }))).toEqual([
    'Votre don « Bureaux » est reçu, comme annoncé', '10 appareils reçus pour 10 attendus. L’inventaire reçu est à télécharger.',
    'Your gift “Bureaux” is received, as announced', '10 devices received for 10 expected. The received inventory can be downloaded.',
  ]);
  const [title, text, , english] = said(received(lot, { ...sums, declared: 10, declined: 1, received: 6, refused: 1, missing: 2, unexpected: 3 }));
  expect([title, text]).toEqual(['Votre don « Bureaux » est reçu, avec des écarts', '9 appareils reçus pour 9 attendus. Écarts : 2 manquants, 1 refusé à l’arrivée, 3 non annoncés. L’inventaire reçu est à télécharger.']);
  expect(english).toBe('9 devices received for 9 expected. Differences: 2 missing, 1 refused on arrival, 3 not announced. The received inventory can be downloaded.');
  expect(said(received(lot, { ...sums, declared: 1, missing: 1 }))[1]).toContain('Écarts : 1 manquant.');
});

it('says days as the calendar of Paris has them', () => {
  expect(said(pickupPlanned(lot, '2026-11-30'))).toEqual([
    'Enlèvement prévu le lundi 30 novembre 2026', 'Nous venons chercher votre don « Bureaux » ce jour-là.',
    expect.stringMatching(/^Pick-up planned on Monday,? 30 November 2026$/), 'We come to collect your gift “Bureaux” on that day.',
  ]);
  expect(said(collected(lot, new Date('2026-12-14T23:30:00Z'))).slice(1).filter((text) => /15 (décembre|December) 2026/.test(text))).toHaveLength(2);
});

it('counts where the devices of a lot ended', () => {
  expect(said(closed(lot, { delivered: 186, recycled: 1, lost: 1, 'returned-to-donor': 1 })).filter((_, i) => i % 2 === 1)).toEqual([
    '186 réutilisés, 1 recyclé, 2 rendus ou perdus. Merci.', '186 reused, 1 recycled, 2 returned or lost. Thank you.',
  ]);
  expect(said(closed(lot, { delivered: 1 }))[1]).toBe('1 réutilisé, 0 recyclé. Merci.');
});

it('gives the reasons that were given', () => {
  expect(said(declined(lot, 'trop ancien')).filter((text) => text.includes('trop ancien'))).toHaveLength(2);
  expect(said(pickupFailed(lot, 'portail fermé')).filter((text) => text.includes('portail fermé'))).toHaveLength(2);
  expect(said(cancelled(lot))[0]).toBe('Votre don « Bureaux » est annulé');
});
