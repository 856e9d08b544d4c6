import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Ban, PenLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { When } from '../../../parts/when.js';
import { Accessories } from './accessories.js';
import type { Lot, Session } from './dock.js';
import { Figures } from './figures.js';
import { Manifest } from './manifest.js';
import { Packages } from './packages.js';
import classes from './reception.module.css';
import { ScanDevice } from './scan-device.js';
import { Scanned } from './scanned.js';
import { useDock } from './use-dock.js';

const SignWindow = lazy(() => import('./sign-window.js').then((part) => ({ default: part.SignWindow })));
const RefuseWindow = lazy(() => import('./refuse-window.js').then((part) => ({ default: part.RefuseWindow })));

/** A session under way: what was announced at the left, what came at the right, and how they compare. */
export function AtDock({ lot, session }: { readonly lot: Lot; readonly session: Session }) {
  const { t } = useTranslation('warehouse');
  const dock = useDock(lot.id, session.id);
  const [window, open] = useState<'sign' | 'refuse' | null>(null);
  return (
    <Stack gap="lg">
      <Figures lot={lot} />
      <ScanDevice dock={dock} />
      <div className={classes.sides}>
        <section aria-labelledby="manifest">
          <Title order={2} id="manifest" mb="xs">{t('reception.manifest')}</Title>
          <Manifest lotId={lot.id} onChoose={dock.inHand.label === null ? undefined : dock.choose} />
        </section>
        <section aria-labelledby="scanned">
          <Title order={2} id="scanned" mb="xs">{t('reception.scanned')}</Title>
          <Scanned lotId={lot.id} />
        </section>
      </div>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl"><Packages session={session} /><Accessories session={session} /></SimpleGrid>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">{t('reception.openSince')} <When at={session.openedAt} />{session.refused > 0 && ` · ${t('reception.refusedCount', { count: session.refused })}`}</Text>
        <Group gap="sm">
          <Button variant="default" leftSection={<Ban size={16} aria-hidden />} onClick={() => open('refuse')}>{t('reception.refuse')}</Button>
          <Button leftSection={<PenLine size={16} aria-hidden />} onClick={() => open('sign')}>{t('reception.close')}</Button>
        </Group>
      </Group>
      <Suspense>
        {window === 'sign' && <SignWindow lot={lot} session={session} onClose={() => open(null)} />}
        {window === 'refuse' && <RefuseWindow session={session} onClose={() => open(null)} />}
      </Suspense>
    </Stack>
  );
}
