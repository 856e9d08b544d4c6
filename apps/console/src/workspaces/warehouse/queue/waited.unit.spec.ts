import { freshnessOf, sayAge } from './waited.js';

const now = new Date('2026-11-23T12:00:00Z');
/** Numbers and their units do not come apart at the end of a line: that space is not looked at here. */
const said = (minutes: number, language: 'fr' | 'en') => sayAge(ago(minutes), now, language).replace('\u00a0', ' ');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

it.each([
  [0, 'day', '0 minute', '0 minutes'], [59, 'day', '59 minutes', '59 minutes'], [60, 'day', '1 heure', '1 hour'], [23 * 60 + 59, 'day', '23 heures', '23 hours'],
  [24 * 60, 'week', '1 jour', '1 day'], [7 * 24 * 60 - 1, 'week', '6 jours', '6 days'], [7 * 24 * 60, 'longer', '7 jours', '7 days'],
])('%s minutes', (minutes, freshness, fr, en) => {
  expect([freshnessOf(ago(minutes), now), said(minutes, 'fr'), said(minutes, 'en')]).toEqual([freshness, fr, en]);
});

it('says nothing odd of a clock that is ahead', () => {
  expect([freshnessOf(ago(-5), now), sayAge(ago(-5), now, 'en')]).toEqual(['day', '0 minutes']);
});
