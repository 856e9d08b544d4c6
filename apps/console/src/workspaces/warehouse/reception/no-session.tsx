import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { ErrorState } from '../../../parts/error-state.js';
import { When } from '../../../parts/when.js';
import { Differences } from './differences.js';
import { type Lot, missingOf, OPENABLE, type Session } from './dock.js';
import { Figures } from './figures.js';
import { useChange } from '../site/use-change.js';

interface NoSessionProps {
  readonly lot: Lot;
  readonly siteId: string;
  readonly sessions: readonly Session[];
}

/** Nobody is receiving it here now: what has come so far, and how to begin, to go on, or to say that all is here. */
export function NoSession({ lot, siteId, sessions }: NoSessionProps) {
  const { t } = useTranslation('warehouse');
  const [names, setNames] = useState('');
  const { change, changing, error, readAgain } = useChange('intake');
  const packages = [...new Set(names.split(/[\n,;]+/).map((name) => name.trim()).filter((name) => name !== ''))];
  const begun = sessions.length > 0;
  const begin = (event: FormEvent) => {
    event.preventDefault();
    void change(() => intake.call.POST('/api/intake/lots/{lotId}/receptions', { params: { path: { lotId: lot.id } }, body: { siteId, packages } }));
  };
  const end = async () => {
    const params = { path: { lotId: lot.id }, header: { 'If-Match': String(lot.version) } };
    await intake.call.POST('/api/intake/lots/{lotId}/reception-end', { params }).finally(readAgain);
  };
  const missing = missingOf(lot);
  return (
    <Stack gap="lg">
      <Figures lot={lot} />
      {begun && <Differences lot={lot} packages={[]} />}
      {lot.state === 'receiving' && begun && (
        <Group><ConfirmAction label={t('reception.end', { count: missing })} question={t('reception.endQuestion')} consequence={t('reception.endHow', { count: missing })} act={end} /></Group>
      )}
      {lot.state !== 'accepted' && lot.state !== 'receiving' && <Text>{t('reception.ended')}</Text>}
      {OPENABLE.includes(lot.state) && (
        <form onSubmit={begin}>
          <Stack gap="sm" maw="32rem">
            <Textarea label={t('reception.announced')} description={t('reception.announcedHow')} autosize minRows={2} value={names} onChange={(event) => setNames(event.currentTarget.value)} />
            {error !== null && <ErrorState error={error} />}
            <Group><Button type="submit" size="md" variant={begun ? 'default' : 'filled'} loading={changing}>{t(begun ? 'reception.reopen' : 'reception.open')}</Button></Group>
          </Stack>
        </form>
      )}
      {begun && (
        <section aria-labelledby="sessions">
          <Title order={2} id="sessions" mb="xs">{t('reception.sessions')}</Title>
          <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>
            {sessions.map(({ id, openedAt, received, unexpected, refused, signedBy }) => (
              <li key={id}><When at={openedAt} /> · {t('reception.sessionSums', { received: received + unexpected, unexpected, refused })}{signedBy !== null && ` · ${t('reception.signedBy', { name: signedBy })}`}</li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}
