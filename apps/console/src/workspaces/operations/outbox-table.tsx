import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { EventName } from './event-name.js';
import type { Answered, Outbox } from './platform.js';

/** What each service has decided and not sent, and what can never be. */
export function OutboxTable({ outboxes }: { readonly outboxes: readonly Answered<Outbox>[] }) {
  const { t } = useTranslation('operations');
  return (
    <section aria-labelledby="outboxes">
      <Title order={2} id="outboxes" mb={4}>{t('outbox.title')}</Title>
      <Text size="sm" c="dimmed" mb="sm">{t('outbox.what')}</Text>
      <Table aria-label={t('outbox.title')}>
        <Table.Thead><Table.Tr><Table.Th>{t('outbox.service')}</Table.Th><Table.Th ta="right">{t('outbox.pending')}</Table.Th><Table.Th>{t('outbox.oldest')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {outboxes.map(({ service, data }) => (
            <Table.Tr key={service}>
              <Table.Td>
                {t(`services.${service}`)}
                {data?.parked.map((event) => (
                  <div key={event.eventId}>
                    <StateChip size="sm" state="failed" label={t('outbox.never')} /> <EventName type={event.type} /> <Text span size="xs" style={{ overflowWrap: 'anywhere' }}>{event.reason}</Text>
                  </div>
                ))}
              </Table.Td>
              <Table.Td ta="right">{data ? <Quantity value={data.pending} /> : '–'}</Table.Td>
              <Table.Td>{data?.oldestAt ? <When at={data.oldestAt} /> : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
