import { Stack, Textarea, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canonicalLabel } from '@lacollecte/contracts';
import { PrintLabels } from './labels/print-labels.js';
import { Rolls } from './labels/rolls.js';
import { AtSite } from './site/at-site.js';

const APART = /[\n;,\t]+/;

/** Which labels are printed next: a roll for the dock, or those of devices whose label is worn. */
export function LabelsPage() {
  const { t } = useTranslation('warehouse');
  const { of = '' } = useSearch({ from: '/warehouse/labels' });
  const navigate = useNavigate();
  const [text, setText] = useState<string>(of);
  const [roll, setRoll] = useState<readonly string[]>([]);
  const typed = [...new Set(text.split(APART).map((one) => one.trim()).filter((one) => one !== ''))];
  const single = typed.flatMap((one) => canonicalLabel(one) ?? []);
  const wrong = typed.filter((one) => canonicalLabel(one) === null);
  const type = (value: string) => {
    setText(value);
    setRoll([]);
    if (of !== '') void navigate({ to: '/warehouse/labels', replace: true });
  };
  return (
    <AtSite title={t('nav.labels')} lead={t('labels.lead')}>
      {(siteId) => (
        <Stack gap="xl">
          <Rolls siteId={siteId} onChoose={(labels) => (setText(''), setRoll(labels))} />
          <section aria-label={t('labels.single')}>
            <Title order={2} mb="xs">{t('labels.single')}</Title>
            <Textarea
              label={t('labels.field')} description={t('labels.fieldHow')} autosize minRows={2} maxRows={8} maw="32rem" value={text}
              onChange={(event) => type(event.currentTarget.value)} error={wrong.length > 0 && t('labels.wrong', { labels: wrong.slice(0, 5).join(', ') })}
            />
          </section>
          <PrintLabels labels={roll.length > 0 ? roll : single} />
        </Stack>
      )}
    </AtSite>
  );
}
