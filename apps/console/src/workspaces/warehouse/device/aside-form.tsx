import { Divider, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BLOCKS, REJECTIONS } from '../scanning/steps.js';
import type { FormProps } from './forms.js';
import { NoteForm } from './note-form.js';

/** What holds it, and what ends that. */
export function AsideForm(props: FormProps) {
  const { t } = useTranslation('warehouse');
  const { steps, block } = props.sheet;
  const may = (step: string) => steps.includes(step);
  const reason = BLOCKS.find((known) => known === block?.reason);
  return (
    <Stack gap="xl">
      {may('unblock') && (
        <section aria-labelledby="unblock">
          <Title order={3} id="unblock">{t('series.steps.unblock')}</Title>
          {reason !== undefined && <Text mb="sm">{t('device.blockedFor', { reason: t(`series.blocks.${reason}`) })} {block?.note}</Text>}
          <NoteForm {...props} step="unblock" label={t('device.send.unblock')} />
        </section>
      )}
      {may('find') && <NoteForm {...props} step="find" label={t('device.send.find')} />}
      {may('undo-rejection') && <NoteForm {...props} because step="undo-rejection" label={t('device.send.undo-rejection')} />}
      {may('block') && (
        <section aria-labelledby="block">
          <Title order={3} id="block">{t('series.steps.block')}</Title>
          <NoteForm {...props} step="block" label={t('device.send.block')} reasons={BLOCKS.map((value) => ({ value, label: t(`series.blocks.${value}`) }))} />
        </section>
      )}
      {may('block') && may('reject') && <Divider />}
      {may('reject') && (
        <section aria-labelledby="reject">
          <Title order={3} id="reject">{t('series.steps.reject')}</Title>
          <NoteForm {...props} danger step="reject" label={t('device.send.reject')} reasons={REJECTIONS.map((value) => ({ value, label: t(`series.rejections.${value}`) }))} />
        </section>
      )}
    </Stack>
  );
}
