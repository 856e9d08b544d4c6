import { Anchor, Box, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { traceability } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { JsonView } from './json-view.js';

/** An event with its data, and the ways from it. */
export function EventDetail({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('operations');
  const { data, error, refetch } = traceability.useQuery('get', '/api/traceability/events/{eventId}', { params: { path: { eventId } } });
  if (!data) return error === null ? <LoadingRows rows={3} height={24} shape={[70]} /> : <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <Box my="xs">
      <Text size="xs" style={{ overflowWrap: 'anywhere' }} component="div">
        {t('event.id')} {data.eventId}<br />
        {t('event.key')} {data.key}, {t('event.version', { number: data.version })}<br />
        {data.actor !== null && <>{t('event.actor')} {data.actor === 'system' ? t('event.system') : data.actor}<br /></>}
        {data.correlationId !== null && (
          <>{t('event.story')} <Anchor size="xs" renderRoot={(props) => <Link {...props} to={'/operations/traces/$kind/$id' as string} params={{ kind: 'correlation', id: data.correlationId } as never} />}>{data.correlationId}</Anchor></>
        )}
      </Text>
      <Box mt="xs"><JsonView label={t('event.data')} text={JSON.stringify(data.data)} faults={[]} /></Box>
    </Box>
  );
}
