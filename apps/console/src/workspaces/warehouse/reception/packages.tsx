import { Button, Checkbox, Group, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import type { Session } from './dock.js';
import { useChange } from '../site/use-change.js';

/** Pallets and boxes: ticked as they come off the lorry, before anything is opened; one that nobody announced is added. */
export function Packages({ session }: { readonly session: Session }) {
  const { t } = useTranslation('warehouse');
  const [name, setName] = useState('');
  const { change, changing, error } = useChange('intake');
  /** Being sent: shown as ticked at once. */
  const [sent, setSent] = useState<readonly string[]>([]);
  const tick = async (ticked: string) => {
    setSent((before) => [...before, ticked]);
    const done = await change(() => intake.call.POST('/api/intake/receptions/{receptionId}/packages', { params: { path: { receptionId: session.id } }, body: { names: [ticked] } }));
    setSent((before) => before.filter((one) => one !== ticked));
    return done;
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && (await tick(name.trim()))) setName('');
  };
  const come = session.packages.filter(({ ticked }) => ticked).length;
  return (
    <section aria-labelledby="packages">
      <Title order={2} id="packages" mb="xs">{t('reception.packages')}</Title>
      {session.packages.length > 0 && <Text size="sm" c="dimmed" mb="xs">{t('reception.packagesCome', { come, count: session.packages.length })}</Text>}
      <Group gap="md" mb="sm">
        {session.packages.map(({ name: one, ticked }) => <Checkbox key={one} label={one} checked={ticked || sent.includes(one)} disabled={ticked} onChange={() => void tick(one)} />)}
      </Group>
      <form onSubmit={(event) => void add(event)}>
        <Group align="flex-end" gap="sm">
          <TextInput label={t('reception.package')} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={changing} disabled={name.trim() === ''}>{t('reception.addPackage')}</Button>
        </Group>
      </form>
      {error !== null && <ErrorState error={error} />}
    </section>
  );
}
