import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { inventory, paged } from '../../api/clients.js';
import type { paths } from '../../api/generated/inventory.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import classes from './packing/packing.module.css';
import { ScanAway } from './put-away/scan-away.js';
import { MuteSwitch } from './scanning/mute-switch.js';
import { AtSite } from './site/at-site.js';

const PAGE = 50;
const REFRESH_MS = 15_000;
/** Where stock says that a device is until somebody has put it away. */
const RECEIVING_BIN = 'RECEPTION';

type Item = paths['/api/inventory/items']['get']['responses'][200]['content']['application/json']['items'][number];

/** What is ready and still lies at the reception, and into which bin does it go? */
export function PutAwayPage() {
  const { t } = useTranslation('warehouse');
  return (
    <AtSite title={t('nav.put-away')} lead={t('putAway.lead')} actions={<MuteSwitch />}>
      {(siteId) => <Stack gap="xl"><ScanAway siteId={siteId} /><Waiting siteId={siteId} /></Stack>}
    </AtSite>
  );
}

function Waiting({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const list = useList<Item>(inventory.useInfiniteQuery('get', '/api/inventory/items', { params: { query: { siteId, bin: RECEIVING_BIN, limit: PAGE } } }, { ...paged, refetchInterval: REFRESH_MS }));
  if (list.pending) return <LoadingRows rows={4} shape={[30, 30]} />;
  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} retry={list.retry} />;
  if (list.rows.length === 0) return <EmptyState icon={Check} title={t('putAway.none')} text={t('putAway.noneHow')} />;
  return (
    <section aria-labelledby="to-put-away">
      <Title order={2} id="to-put-away" mb="xs">{t('putAway.waiting')}</Title>
      <ul className={classes.rows} aria-label={t('putAway.waiting')}>
        {list.rows.map(({ itemId, label, category, grade, stockedAt }) => (
          <li key={itemId} className={classes.row}>
            <Link to="/warehouse/devices/$deviceId" params={{ deviceId: itemId }} style={{ color: 'inherit', fontWeight: 620 }}>{label}</Link>
            <span className={classes.what}>{t('packing.of', { kind: t(`station.kinds.${category}`), grade })}</span>
            <Text size="sm" c="dimmed">{t('putAway.since')} <When at={stockedAt} /></Text>
          </li>
        ))}
      </ul>
      {list.hasMore && <Group mt="xs"><Button size="xs" variant="default" onClick={list.more}>{t('queue.more')}</Button></Group>}
    </section>
  );
}
