import { Tooltip } from '@mantine/core';
import { useHover, useMergedRef } from '@mantine/hooks';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n/i18n.js';
import { sayExactly, sayWhen } from './say-when.js';
import { useNow } from './use-now.js';

/** A time as people say it, kept true while the page is open; exact on hover. `at`: ISO 8601. */
export function When({ at }: { readonly at: string }) {
  useTranslation();
  const now = useNow();
  const said = useRef<HTMLTimeElement>(null);
  const { ref, hovered } = useHover();
  const hear = useMergedRef(said, ref);
  const time = new Date(at);
  // Lists have hundreds of them: the window with the exact time is made for the one that is asked.
  return (
    <>
      <time ref={hear} dateTime={at} style={{ whiteSpace: 'nowrap' }}>{sayWhen(time, now, language())}</time>
      {hovered && <Tooltip opened target={said} label={sayExactly(time, language())} />}
    </>
  );
}
