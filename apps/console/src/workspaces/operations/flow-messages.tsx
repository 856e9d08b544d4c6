import { Anchor, Paper, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { shortType } from './event-name.js';
import type { Chosen } from './flow-layout.js';
import type { FlowItem } from './use-live.js';

const MOST_SHOWN = 40;
const HOPS = { published: 'active', applied: 'done', parked: 'failed' } as const;

interface FlowMessagesProps {
  /** Null: of everything. */
  readonly chosen: Chosen | null;
  readonly items: readonly FlowItem[];
}

function concerns(chosen: Chosen, { service, topic }: FlowItem): boolean {
  if ('service' in chosen) return service === chosen.service;
  return topic.startsWith(`${chosen.from}.`) && (service === chosen.to || service === chosen.from);
}

/** The latest messages, each a way to its event. */
export function FlowMessages({ chosen, items }: FlowMessagesProps) {
  const { t } = useTranslation('operations');
  const shown = items.filter((item) => chosen === null || concerns(chosen, item)).slice(0, MOST_SHOWN);
  const title = chosen === null ? t('flow.messages') : 'service' in chosen
    ? t('flow.messagesOf', { service: t(`services.${chosen.service}`) })
    : t('flow.messagesBetween', { from: t(`services.${chosen.from}`), to: t(`services.${chosen.to}`) });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="messages">
      <Title order={2} size="h3" id="messages" mb="xs">{title}</Title>
      {shown.length === 0 && <Text c="dimmed" size="sm">{t('flow.silence')}</Text>}
      {shown.length > 0 && (
        <Table aria-labelledby="messages" verticalSpacing={6}>
          <Table.Thead><Table.Tr><Table.Th>{t('flow.event')}</Table.Th><Table.Th>{t('flow.hop')}</Table.Th><Table.Th visibleFrom="sm">{t('flow.when')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {shown.map((item) => (
              <Table.Tr key={`${item.id} ${item.hop} ${item.service} ${item.at}`}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Anchor size="sm" renderRoot={(props) => item.hop === 'parked'
                    ? <Link {...props} to={'/operations/parked/$service/$eventId' as string} params={{ service: item.service, eventId: item.id } as never} />
                    : <Link {...props} to={'/operations/traces/$kind/$id' as string} params={{ kind: 'event', id: item.id } as never} />}
                  >
                    {item.type === null ? item.topic : shortType(item.type)}
                  </Anchor>
                </Table.Td>
                <Table.Td><StateChip size="sm" state={HOPS[item.hop]} label={t(`flow.hops.${item.hop}`)} /><Text size="xs" c="dimmed">{t(`services.${item.service}` as never)}</Text></Table.Td>
                <Table.Td visibleFrom="sm"><When at={item.at} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}
