import { useTranslation } from 'react-i18next';

/** A day of Paris in words. `at`: a date (`2026-01-01`) or a time in ISO 8601. */
export function Day({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  return <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>{sayDay(at, i18n.language)}</time>;
}

export function sayDay(at: string, language: string): string {
  // A date alone is read as midnight in UTC, which is the same day in Paris.
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(new Date(at));
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** Today in Paris, as a date. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(now);
}
