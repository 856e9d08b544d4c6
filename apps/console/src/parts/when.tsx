import { useTranslation } from 'react-i18next';
import { language } from '../i18n/i18n.js';
import { sayExactly, sayWhen } from './say-when.js';
import { useNow } from './use-now.js';

/** A time as people say it, kept true while the page is open; exact where the pointer rests on it, by the browser's own means: lists have hundreds of them. `at`: ISO 8601; `due`: it is to come, or late. */
export function When({ at, due = false }: { readonly at: string; readonly due?: boolean }) {
  useTranslation();
  const now = useNow();
  const time = new Date(at);
  return <time dateTime={at} title={sayExactly(time, language())} style={{ whiteSpace: 'nowrap' }}>{sayWhen(time, now, language(), due)}</time>;
}
