import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import type { ScanLine } from '../../../offline/scan-log.js';

/** What the newest scan came to, for who hears the page. */
export function ScanSaid({ lines }: { readonly lines: readonly ScanLine[] }) {
  const { t } = useTranslation('warehouse');
  const line = lines[0];
  const answered = line !== undefined && line.state !== 'waiting';
  return <VisuallyHidden role="status">{answered && `${line.label}, ${t(`station.outcomes.${line.state}`)}. ${line.reason?.[language()] ?? ''}`}</VisuallyHidden>;
}
