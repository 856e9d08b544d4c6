import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LabelFormat } from './label-format.js';
import { LabelPicture } from './label-picture.js';
import classes from './labels.module.css';

/** More are like these. */
const MOST_SHOWN = 24;

interface PreviewProps {
  readonly labels: readonly string[];
  readonly format: LabelFormat;
}

/** The labels as they will be printed. */
export function Preview({ labels, format }: PreviewProps) {
  const { t } = useTranslation('warehouse');
  return (
    <>
      <ul className={classes.labels} aria-label={t('labels.preview')}>
        {labels.slice(0, MOST_SHOWN).map((label) => <li key={label}><LabelPicture label={label} format={format} /></li>)}
      </ul>
      {labels.length > MOST_SHOWN && <Text size="sm" c="dimmed" mt="xs">{t('labels.more', { count: labels.length - MOST_SHOWN })}</Text>}
    </>
  );
}
