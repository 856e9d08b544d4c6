import { sayExactly, sayWhen } from './say-when.js';

const now = new Date('2026-03-10T09:00:00Z');
const said = (time: string, language: 'fr' | 'en' = 'fr') => sayWhen(new Date(time), now, language);

it.each([
  ['2026-03-10T08:59:40Z', 'à l’instant', 'just now'],
  ['2026-03-10T09:00:20Z', 'à l’instant', 'just now'],
  ['2026-03-10T08:55:00Z', 'il y a 5 minutes', '5 minutes ago'],
  ['2026-03-10T07:30:00Z', 'aujourd’hui à 08 h 30', 'today at 08:30'],
  ['2026-03-09T13:05:00Z', 'hier à 14 h 05', 'yesterday at 14:05'],
  // Half past midnight in Paris, where it is the 9th already.
  ['2026-03-08T23:30:00Z', 'hier à 00 h 30', 'yesterday at 00:30'],
  ['2026-03-06T09:00:00Z', 'vendredi à 10 h 00', 'Friday at 10:00'],
  ['2026-01-06T09:00:00Z', '6 janvier à 10 h 00', '6 January at 10:00'],
  ['2025-12-31T22:59:00Z', '31 décembre 2025 à 23 h 59', '31 December 2025 at 23:59'],
  ['2026-03-11T09:00:00Z', 'demain à 10 h 00', 'tomorrow at 10:00'],
  ['2026-02-01T09:00:00Z', '1er février à 10 h 00', '1 February at 10:00'],
  ['2026-02-21T09:00:00Z', '21 février à 10 h 00', '21 February at 10:00'],
  ['2026-03-13T09:00:00Z', '13 mars à 10 h 00', '13 March at 10:00'],
])('%s is said as people do', (time, fr, en) => {
  expect([said(time), said(time, 'en')]).toEqual([fr, en]);
});

it.each(['2026-03-10T08:55:00Z', '2026-03-10T08:59:40Z', '2026-03-10T09:00:20Z'])('what is due at %s, late or about to come, comes in a moment', (time) => {
  expect([sayWhen(new Date(time), now, 'fr', true), sayWhen(new Date(time), now, 'en', true)]).toEqual(['dans un instant', 'in a moment']);
});

it('says a time in full with its zone, over the change of clocks', () => {
  expect(sayExactly(new Date('2026-07-01T10:00:00Z'), 'fr')).toBe('mercredi 1er juillet 2026 à 12:00:00 UTC+2');
  expect(sayExactly(new Date('2026-01-01T10:00:00Z'), 'en')).toBe('Thursday, 1 January 2026 at 11:00:00 CET');
});
