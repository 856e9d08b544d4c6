import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BackLink } from '../../parts/back-link.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { When } from '../../parts/when.js';
import { shortType } from './event-name.js';
import { JsonView } from './json-view.js';
import { OperationsPage } from './operations-page.js';
import { OutcomeNotice } from './outcome.js';
import { ParkedActions } from './parked-actions.js';
import { isService, type ParkedEvent, type ServiceName, serviceOf } from './platform.js';
import { useRefresh } from './use-refresh.js';

/** One parked event: what came, what was expected, and what one can do about it. */
export function ParkedEventPage() {
  const { t } = useTranslation('operations');
  const params = useParams({ strict: false }) as { readonly service?: string; readonly eventId?: string };
  const service: ServiceName = isService(params.service ?? '') ? (params.service as ServiceName) : 'directory';
  const eventId = params.eventId ?? '';
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { data, error, refetch } = useQuery({
    queryKey: ['operations', 'parked-event', service, eventId],
    queryFn: async ({ signal }) => (await serviceOf(service).GET('/parked/event', { params: { query: { eventId } }, signal })).data!,
  });
  const done = async () => {
    await navigate({ href: '/operations/parked' });
    await refresh();
  };
  return (
    <OperationsPage title={data?.type ? shortType(data.type) : t('parked.event')} back={<BackLink to="/operations/parked">{t('parked.back')}</BackLink>}>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && !data && <LoadingRows rows={8} />}
      {data && (
        <Stack gap="lg">
          <OutcomeNotice />
          <Faults event={data} service={service} />
          <ParkedActions service={service} event={data} onGone={done} onChanged={() => void refetch()} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <div style={{ minWidth: 0 }}>
              <Title order={2} mb="xs">{t('parked.payload')}</Title>
              <JsonView label={t('parked.payload')} text={data.value} faults={data.faults} />
            </div>
            <div style={{ minWidth: 0 }}>
              <Title order={2} mb="xs">{t('parked.schema')}</Title>
              {data.schema === null ? <Text c="dimmed">{t('parked.noSchema')}</Text> : <JsonView label={t('parked.schema')} text={JSON.stringify(data.schema)} faults={[]} />}
            </div>
          </SimpleGrid>
          <div style={{ minWidth: 0 }}>
            <Title order={2} mb="xs">{t('parked.headers')}</Title>
            <JsonView label={t('parked.headers')} text={JSON.stringify(data.headers)} faults={[]} />
          </div>
        </Stack>
      )}
    </OperationsPage>
  );
}

function Faults({ event, service }: { readonly event: ParkedEvent; readonly service: ServiceName }) {
  const { t } = useTranslation('operations');
  const reason = (['schema', 'unknown-type', 'undecodable', 'handler', 'held'] as const).find((known) => known === event.reason);
  return (
    <Notice state="failed" icon={TriangleAlert} title={reason ? t(`reasons.${reason}`) : (event.reason ?? t('parked.heldOnly'))}>
      <div>{t('parked.in', { service: t(`services.${service}`) })} · <When at={event.parkedAt} /> · {t('parked.behind', { count: event.held })}</div>
      {event.faults.length === 0
        ? <div>{event.error}</div>
        : <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>{event.faults.map(({ pointer, message }) => <li key={`${pointer} ${message}`}><code>{pointer === '' ? '/' : pointer}</code> {message}</li>)}</ul>}
    </Notice>
  );
}
