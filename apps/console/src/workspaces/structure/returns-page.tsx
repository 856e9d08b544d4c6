import { Button, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { Check, PackageX, ScanBarcode, Wrench } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch, paged } from '../../api/clients.js';
import { queryClient } from '../../api/query-client.js';
import { language } from '../../i18n/i18n.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useList } from '../../parts/table/list.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { RETURN } from './states.js';
import { siteName, useSites } from './use-sites.js';
import { structure } from './workspace.js';

const FAULTS = ['does-not-start', 'screen', 'battery', 'keyboard', 'network', 'unsafe', 'other-fault'] as const;
type Fault = (typeof FAULTS)[number];

/** A device is broken: say so; and what becomes of those that go back. */
export function ReturnsPage() {
  const { t } = useTranslation(structure.name);
  const sites = useSites();
  const list = useList(dispatch.useInfiniteQuery('get', '/api/dispatch/returns', { params: { query: { limit: 100, order: 'newest' } } }, paged));
  const toGiveBack = list.rows.filter(({ state }) => state === 'requested').length;
  return (
    <Page title={t('nav.returns')} lead={!list.pending && (toGiveBack > 0 ? t('returns.toGiveBack', { count: toGiveBack }) : t('returns.nothing'))}>
      <Stack gap="lg">
        <Report />
        <section aria-label={t('returns.followed')}>
          <Title order={2} mb="sm">{t('returns.followed')}</Title>
          {list.pending && <LoadingRows rows={3} height={64} />}
          {list.error !== null && <ErrorState error={list.error} retry={list.retry} />}
          {!list.pending && list.error === null && list.rows.length === 0 && <EmptyState icon={PackageX} level={2} title={t('returns.none')} text={t('returns.noneHow')} />}
          <ul className={classes.list}>
            {list.rows.map(({ returnId, label, deviceId, state, siteId, reasonText, createdAt }) => (
              <li key={returnId} className={classes.card}>
                <div className={classes.head}>
                  <Text ff="monospace" fw={620}>{label ?? deviceId}</Text>
                  <StateChip state={RETURN[state]} label={t(`returnStates.${state}`)} />
                </div>
                <Text size="sm">{reasonText[language()]} {state === 'requested' && t('returns.bring', { site: siteName(sites, siteId) })}</Text>
                <Text size="sm" c="dimmed">{t('returns.since')} <When at={createdAt} /></Text>
              </li>
            ))}
          </ul>
          {list.hasMore && <Button variant="default" mt="md" onClick={list.more}>{t('more')}</Button>}
        </section>
      </Stack>
    </Page>
  );
}

function Report() {
  const { t } = useTranslation(structure.name);
  const asked = useRouterState({ select: ({ location }) => String((location.search as { readonly device?: unknown }).device ?? '') });
  const [device, setDevice] = useState(asked);
  const [fault, setFault] = useState<Fault | null>(null);
  const report = dispatch.useMutation('post', '/api/dispatch/returns');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (fault === null) return;
    await report.mutateAsync({ body: { device: device.trim(), fault } });
    setDevice('');
    setFault(null);
    await Promise.all(['returns', 'shipments/{shipmentId}'].map((path) => queryClient.invalidateQueries({ queryKey: ['get', `/api/dispatch/${path}`] })));
  };
  const missing = [device.trim() === '' && t('returns.missing.device'), fault === null && t('returns.missing.fault')].filter((one) => one !== false);
  return (
    <section className={classes.card} aria-label={t('returns.report')}>
      <Title order={2} mb="sm">{t('returns.report')}</Title>
      <Stack gap="md" maw="34rem" component="form" onSubmit={(event) => void send(event).catch(() => undefined)}>
        <TextInput label={t('returns.device')} description={t('returns.deviceHow')} withAsterisk leftSection={<ScanBarcode size={18} aria-hidden />} value={device} onChange={({ currentTarget: { value } }) => setDevice(value)} autoComplete="off" autoCapitalize="characters" maxLength={60} />
        <NativeSelect
          label={t('returns.fault')}
          withAsterisk
          value={fault ?? ''}
          onChange={({ currentTarget: { value } }) => setFault(FAULTS.find((one) => one === value) ?? null)}
          data={[{ value: '', label: t('draft.choose') }, ...FAULTS.map((value) => ({ value, label: t(`faults.${value}`) }))]}
        />
        {fault === 'unsafe' && <Notice state="failed" icon={Wrench} title={t('returns.unsafe')} aloud />}
        {report.error && <ErrorState error={report.error} />}
        {report.data && missing.length === 2 && <Notice state="done" icon={Check} title={t('returns.reported', { label: report.data.label ?? report.data.deviceId })} aloud>{t('returns.reportedHow')}</Notice>}
        <Text size="sm" c="dimmed">{missing.length > 0 ? t('draft.lacks', { what: missing.join(', ') }) : t('returns.next')}</Text>
        <div><Button type="submit" disabled={missing.length > 0} loading={report.isPending} leftSection={<Wrench size={18} aria-hidden />}>{t('returns.send')}</Button></div>
      </Stack>
    </section>
  );
}
