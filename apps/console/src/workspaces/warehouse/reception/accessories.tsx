import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import type { Session } from './dock.js';
import { useChange } from '../site/use-change.js';

const MOST = 10_000;

/** Chargers, cables, mice: counted for the site, without a label of their own. */
export function Accessories({ session }: { readonly session: Session }) {
  const { t } = useTranslation('warehouse');
  const kinds = useId();
  const [kind, setKind] = useState('');
  const [count, setCount] = useState('');
  const { change, changing, error } = useChange('intake');
  const { data: stock = [] } = intake.useQuery('get', '/api/intake/accessories', { params: { query: { siteId: session.siteId } } });
  const quantity = /^\d+$/.test(count) && Number(count) >= 1 && Number(count) <= MOST ? Number(count) : null;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (kind.trim() === '' || quantity === null) return;
    const done = await change(() => intake.call.POST('/api/intake/receptions/{receptionId}/accessories', { params: { path: { receptionId: session.id } }, body: { kind: kind.trim(), quantity } }));
    if (done) [setKind, setCount].forEach((empty) => empty(''));
  };
  return (
    <section aria-labelledby="accessories">
      <Title order={2} id="accessories" mb="xs">{t('reception.accessories')}</Title>
      <form onSubmit={(event) => void add(event)}>
        <Group align="flex-end" gap="sm" mb="xs">
          <TextInput label={t('reception.accessory')} list={kinds} autoComplete="off" value={kind} onChange={(event) => setKind(event.currentTarget.value)} />
          <datalist id={kinds}>{stock.map((one) => <option key={one.kind} value={one.kind}>{one.kind}</option>)}</datalist>
          <TextInput label={t('reception.accessoryCount')} inputMode="numeric" w="7rem" autoComplete="off" value={count} error={count !== '' && quantity === null} onChange={(event) => setCount(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={changing} disabled={kind.trim() === '' || quantity === null}>{t('reception.addAccessories')}</Button>
        </Group>
      </form>
      {error !== null && <ErrorState error={error} />}
      {stock.length > 0 && <Text size="sm" c="dimmed">{t('reception.atSite')} {stock.map((one) => t('reception.accessoryOf', { kind: one.kind, number: one.quantity })).join(', ')}</Text>}
    </section>
  );
}
