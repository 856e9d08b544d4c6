import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n/i18n.js';
import { sayExactly, sayWhen } from './say-when.js';
import { useNow } from './use-now.js';

/** A time as people say it, kept true while the page is open; exact on hover and focus. `at`: ISO 8601. */
export function When({ at }: { readonly at: string }) {
  useTranslation();
  const now = useNow();
  const time = new Date(at);
  return (
    <Tooltip label={sayExactly(time, language())} events={{ hover: true, focus: true, touch: true }} openDelay={300}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>{sayWhen(time, now, language())}</time>
    </Tooltip>
  );
}
