import { Button, Group, Modal, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { Category } from '@lacollecte/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { CATEGORIES } from '../scanning/steps.js';
import { identify, REFUSALS, type Session } from './dock.js';
import { useChange } from '../site/use-change.js';

interface RefuseWindowProps {
  readonly session: Session;
  readonly onClose: () => void;
}

/** A device that goes back with the driver: which one, and why. */
export function RefuseWindow({ session, onClose }: RefuseWindowProps) {
  const { t } = useTranslation('warehouse');
  const { change, changing, error } = useChange('intake');
  const [category, setCategory] = useState<Category | null>(null);
  const [reason, setReason] = useState<(typeof REFUSALS)[number] | null>(null);
  const [identifier, setIdentifier] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (category === null || reason === null) return;
    const body = { category, reason, ...(identifier.trim() !== '' && identify(identifier)) };
    if (await change(() => intake.call.POST('/api/intake/receptions/{receptionId}/refusals', { params: { path: { receptionId: session.id } }, body }))) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('reception.refuse')} size="lg" centered closeButtonProps={{ 'aria-label': t('station.cancel') }}>
      <form onSubmit={(event) => void submit(event)}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect data-autofocus label={t('device.columns.kind')} value={category ?? ''} data={[{ value: '', label: t('device.choose') }, ...CATEGORIES.map((value) => ({ value, label: t(`station.kinds.${value}`) }))]} onChange={({ currentTarget }) => setCategory(CATEGORIES.find((one) => one === currentTarget.value) ?? null)} />
          <NativeSelect label={t('series.reason')} value={reason ?? ''} data={[{ value: '', label: t('device.choose') }, ...REFUSALS.map((value) => ({ value, label: t(`reception.refusals.${value}`) }))]} onChange={({ currentTarget }) => setReason(REFUSALS.find((one) => one === currentTarget.value) ?? null)} />
          <TextInput label={t('reception.identifier')} autoComplete="off" autoCapitalize="characters" value={identifier} onChange={(event) => setIdentifier(event.currentTarget.value)} />
        </SimpleGrid>
        {error !== null && <ErrorState error={error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>{t('station.cancel')}</Button>
          <Button type="submit" color="red.9" loading={changing} disabled={category === null || reason === null}>{t('reception.refuseDo')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
