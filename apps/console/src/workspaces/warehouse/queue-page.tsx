import { NativeSelect, Stack } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../api/clients.js';
import { BenchColumn } from './queue/bench-column.js';
import { type Bench, BENCHES } from './queue/benches.js';
import { HeldDevices } from './queue/held-devices.js';
import classes from './queue/queue.module.css';
import { AtSite } from './site/at-site.js';

const REFRESH_MS = 15_000;

/** What waits, where, and how long? */
export function QueuePage() {
  const { t } = useTranslation('warehouse');
  return <AtSite title={t('nav.queue')} lead={t('queue.lead')}>{(siteId) => <Benches key={siteId} siteId={siteId} />}</AtSite>;
}

/** All benches side by side; on a phone, the one that somebody stands at. */
function Benches({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const narrow = useMediaQuery('(max-width: 36em)', undefined, { getInitialValueInEffect: false });
  const [chosen, choose] = useLocalStorage<Bench>({ key: 'lacollecte.bench', defaultValue: 'diagnosis', getInitialValueInEffect: false });
  const { data } = refurbishment.useQuery('get', '/api/refurbishment/counts', { params: { query: { siteId } } }, { refetchInterval: REFRESH_MS });
  const countOf = (bench: Bench) => data && (data.benches.find((one) => one.bench === bench) ?? null);
  const here = BENCHES.find((bench) => bench === chosen) ?? 'diagnosis';
  return (
    <Stack gap="xl">
      {narrow && (
        <NativeSelect
          size="md" label={t('queue.bench')} value={here} onChange={({ currentTarget }) => choose(BENCHES.find((bench) => bench === currentTarget.value) ?? 'diagnosis')}
          data={BENCHES.map((bench) => ({ value: bench, label: t('queue.benchCount', { bench: t(`queue.benches.${bench}`), count: countOf(bench)?.devices ?? 0 }) }))}
        />
      )}
      <div className={classes.benches}>
        {BENCHES.filter((bench) => !narrow || bench === here).map((bench) => <BenchColumn key={bench} siteId={siteId} bench={bench} count={countOf(bench)} />)}
      </div>
      <HeldDevices siteId={siteId} />
    </Stack>
  );
}
