import type { Language } from '../i18n/i18n.js';

const ZONE = 'Europe/Paris';
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Days said by their name or their distance; further away the date says more. */
const NEAR_DAYS = 6;

/** Of what seems to come too: the page's clock goes in steps of half a minute. */
const AT_ONCE: Readonly<Record<Language, string>> = { fr: 'à l’instant', en: 'just now' };
const SOON: Readonly<Record<Language, string>> = { fr: 'dans un instant', en: 'in a moment' };

/** A time as people say it: `il y a 5 minutes`, `hier à 14:05`, `mardi à 09:30`, `3 mars à 14:05`, with the year where it is another. `due`: it is of something to come, late perhaps. */
export function sayWhen(time: Date, now: Date, language: Language, due = false): string {
  const far = time.getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (due && far < MINUTE_MS) return SOON[language];
  if (Math.abs(far) < MINUTE_MS) return AT_ONCE[language];
  if (Math.abs(far) < HOUR_MS) return relative.format(Math.trunc(far / MINUTE_MS), 'minute');
  const days = (dayOf(time) - dayOf(now)) / DAY_MS;
  const clock = format(time, language, { hour: '2-digit', minute: '2-digit' });
  if (Math.abs(days) <= 1) return at(relative.format(days, 'day'), clock, language);
  if (Math.abs(days) <= NEAR_DAYS && days < 0) return at(format(time, language, { weekday: 'long' }), clock, language);
  const sameYear = format(time, 'en', { year: 'numeric' }) === format(now, 'en', { year: 'numeric' });
  return at(format(time, language, { day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) }), clock, language);
}

/** In full, with the zone. */
export function sayExactly(time: Date, language: Language): string {
  return format(time, language, { dateStyle: 'full', timeStyle: 'long' });
}

function at(day: string, clock: string, language: Language): string {
  return language === 'fr' ? `${day} à ${clock.replace(':', ' h ')}` : `${day} at ${clock}`;
}

/** French has a first of the month, which Intl writes as a one. */
function format(time: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const text = formatOf(language === 'fr' ? 'fr' : 'en-GB', options).format(time);
  return language === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: making one takes longer than all that a row of a table draws. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  formats.set(key, format);
  return format;
}

/** Its day in Paris, as UTC's midnight of that date. */
function dayOf(time: Date): number {
  return Date.parse(`${formatOf('sv', { dateStyle: 'short' }).format(time)}T00:00:00Z`);
}
