import type { Language } from '../../../i18n/i18n.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Under a day, under a week, longer: as the counts of the benches have it. */
export type Freshness = 'day' | 'week' | 'longer';

export function freshnessOf(since: Date, now: Date): Freshness {
  const waited = now.getTime() - since.getTime();
  return waited < DAY_MS ? 'day' : waited < 7 * DAY_MS ? 'week' : 'longer';
}

/** How long ago, as people say it: `40 minutes`, `5 heures`, `3 jours`. */
export function sayAge(since: Date, now: Date, language: Language): string {
  const waited = Math.max(0, now.getTime() - since.getTime());
  const [value, unit] = waited < HOUR_MS ? [waited / 60_000, 'minute'] : waited < DAY_MS ? [waited / HOUR_MS, 'hour'] : [waited / DAY_MS, 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(Math.floor(value as number));
}
