import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { ErrorState } from '../../parts/error-state.js';
import { outcome } from './outcome.js';
import { type ParkedEvent, type ServiceName, serviceOf } from './platform.js';
import { readOnly } from './read-only.js';
import { redriveKey } from './redrive.js';

const LEAST_REASON = 3;

interface ParkedActionsProps {
  readonly service: ServiceName;
  readonly event: ParkedEvent;
  /** It is no longer parked. */
  readonly onGone: () => Promise<void>;
  readonly onChanged: () => void;
}

/** Apply it again, or give it up with a reason. */
export function ParkedActions({ service, event, onGone, onChanged }: ParkedActionsProps) {
  const { t } = useTranslation('operations');
  const locked = useStore(readOnly);
  const [reason, setReason] = useState('');
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { topic, key, eventId } = event;
  const redrive = async () => {
    setDoing(true);
    setError(null);
    await redriveKey(service, topic, key).then(() => (outcome.get()?.left === 0 ? onGone() : onChanged()), setError);
    setDoing(false);
  };
  const discard = async () => {
    await serviceOf(service).POST('/parked/discard', { body: { topic, key, eventId, reason: reason.trim() } });
    // Those behind it are told of nowhere once it is gone: they go on at once.
    if (event.held > 0) await redriveKey(service, topic, key);
    else outcome.set({ did: 'discard', applied: 0, left: 0, errors: [] });
    await onGone();
  };
  return (
    <div>
      {error !== null && <ErrorState error={error} />}
      <Group align="flex-end" gap="md">
        <Button onClick={() => void redrive()} loading={doing} disabled={locked}>{t('parked.redrive')}</Button>
        <TextInput label={t('parked.reason')} value={reason} onChange={(change) => setReason(change.currentTarget.value)} maxLength={500} disabled={locked || !event.first} style={{ flex: '1 1 14rem', maxWidth: '26rem' }} />
        <ConfirmAction
          danger
          label={t('parked.discard')}
          question={t('parked.discardQuestion')}
          consequence={t('parked.discardConsequence', { count: event.held })}
          act={discard}
          button={{ disabled: locked || !event.first || reason.trim().length < LEAST_REASON }}
        />
      </Group>
      <Text size="sm" c="dimmed" mt={6}>{t(locked ? 'readOnly.on' : event.first ? 'parked.discardHow' : 'parked.notFirst')}</Text>
    </div>
  );
}
