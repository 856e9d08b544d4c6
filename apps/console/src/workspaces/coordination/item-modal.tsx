import { Button, Group, Modal, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inventory } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { StateChip } from '../../parts/state-chip.js';
import { type Item, ITEM_STATES } from './item-states.js';
import { useSites } from './names.js';

const REASONS = ['damaged', 'missing', 'other'] as const;
const HOLDABLE: readonly Item['state'][] = ['in-stock', 'reserved', 'picked'];
const SHORTEST = 3;

/** One item, and what may be done with it: set it apart, put it back, write it off. */
export function ItemModal({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { t } = useTranslation('coordination');
  const { siteName } = useSites();
  const queries = useQueryClient();
  const [reason, setReason] = useState<(typeof REASONS)[number]>('damaged');
  const [note, setNote] = useState('');
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const versioned = { params: { path: { itemId: item.itemId }, header: { 'If-Match': String(item.version) } } };
  const run = async (act: () => Promise<unknown>) => {
    setDoing(true);
    setError(null);
    const done = await act().then(() => true, (failure: unknown) => (setError(failure), false));
    // Refused, somebody may have been faster: the next attempt is of the item as it is now.
    await queries.invalidateQueries();
    if (done) onClose();
    setDoing(false);
  };
  const text = note.trim();
  const hold = () => run(() => inventory.call.POST('/api/inventory/items/{itemId}/quarantine', { ...versioned, body: { reason, ...(text !== '' && { note: text }) } }));
  const clear = () => run(() => inventory.call.POST('/api/inventory/items/{itemId}/clearance', versioned));
  const writeOff = () => run(() => inventory.call.POST('/api/inventory/items/{itemId}/write-off', { ...versioned, body: { reason: text } }));
  const holdable = HOLDABLE.includes(item.state);
  const held = item.state === 'quarantined';
  return (
    <Modal opened onClose={onClose} title={item.label} centered closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Group gap="sm" mb="md">
        <StateChip state={ITEM_STATES[item.state]} label={t(`item.state.${item.state}`)} />
        <Text size="sm">{siteName(item.siteId)} · {item.bin ?? t('item.noBin')}</Text>
      </Group>
      {item.note !== null && <Text size="sm" mb="md">{item.note}</Text>}
      {holdable && <NativeSelect label={t('item.why')} value={reason} onChange={(event) => setReason(event.currentTarget.value as typeof reason)} data={REASONS.map((value) => ({ value, label: t(`item.reason.${value}`) }))} mb="sm" data-autofocus />}
      {(holdable || held) && <TextInput label={t(held ? 'item.writeOffWhy' : 'item.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={500} />}
      {error !== null && <ErrorState error={error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        {holdable && <Button loading={doing} onClick={() => void hold()}>{t('item.hold')}</Button>}
        {held && <Button variant="default" c="var(--lc-failed-ink)" loading={doing} disabled={text.length < SHORTEST} onClick={() => void writeOff()}>{t('item.writeOff')}</Button>}
        {held && !item.recalled && <Button loading={doing} onClick={() => void clear()}>{t('item.clear')}</Button>}
      </Group>
    </Modal>
  );
}
