import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { useStore } from '../../../api/store.js';
import { ErrorState } from '../../../parts/error-state.js';
import { session as who } from '../../../session/session.js';
import { Differences } from './differences.js';
import type { Lot, Session } from './dock.js';
import { Figures } from './figures.js';
import { useChange } from '../site/use-change.js';

interface SignWindowProps {
  readonly lot: Lot;
  readonly session: Session;
  readonly onClose: () => void;
}

/** The summary of a session, what differs first, with a name under it. */
export function SignWindow({ lot, session, onClose }: SignWindowProps) {
  const { t } = useTranslation('warehouse');
  const [name, setName] = useState(useStore(who)?.name ?? '');
  const { change, changing, error } = useChange('intake');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const params = { path: { receptionId: session.id }, header: { 'If-Match': String(session.version) } };
    if (await change(() => intake.call.POST('/api/intake/receptions/{receptionId}/end', { params, body: { signedBy: name.trim() } }))) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('reception.sign', { lot: lot.title })} size="lg" closeButtonProps={{ 'aria-label': t('station.cancel') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Differences lot={lot} packages={session.packages.filter(({ ticked }) => !ticked).map(({ name: one }) => one)} />
          <Figures lot={lot} />
          <TextInput data-autofocus size="md" label={t('reception.signature')} description={t('reception.signatureHow')} autoComplete="name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          {error !== null && <ErrorState error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('station.cancel')}</Button>
            <Button type="submit" loading={changing} disabled={name.trim() === ''}>{t('reception.signDo')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
