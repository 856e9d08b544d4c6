import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { shortType } from './event-name.js';
import type { Parked, ParkedGroup, ServiceName } from './platform.js';
import { readOnly } from './read-only.js';
import { redriveGroup } from './redrive.js';
import { useRefresh } from './use-refresh.js';

const REASONS = ['schema', 'unknown-type', 'undecodable', 'handler', 'held'] as const;
/** Whose key is a device. */
const OF_DEVICES = new Set(['intake.device', 'refurbishment.device', 'inventory.item']);
const MOST_SHOWN = 20;

interface ParkedGroupCardProps {
  readonly service: ServiceName;
  readonly group: ParkedGroup;
  /** Those of its events that the service lists. */
  readonly events: readonly Parked[];
}

/** Events that were parked for the same reason. */
export function ParkedGroupCard({ service, group, events }: ParkedGroupCardProps) {
  const { t } = useTranslation('operations');
  const locked = useStore(readOnly);
  const refresh = useRefresh();
  const reason = REASONS.find((known) => known === group.reason);
  const devices = new Set(events.filter(({ topic }) => OF_DEVICES.has(topic)).map(({ key }) => key)).size;
  return (
    <Paper withBorder p="md" component="section">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
          <StateChip state="failed" label={reason ? t(`reasons.${reason}`) : group.reason} />
          <Title order={2} size="h3" mt="xs" style={{ overflowWrap: 'anywhere' }}>{group.type === null ? t('parked.noType') : shortType(group.type)} {group.version}</Title>
          <Text size="sm" component="div">
            {t('parked.in', { service: t(`services.${service}`) })} · {t('parked.events', { count: group.events })} · {t('parked.behind', { count: group.held })}
            {devices > 0 && <> · {t('parked.devices', { count: devices })}</>}
          </Text>
          <Text size="sm" c="dimmed" component="div">{t('parked.oldest')} <When at={group.oldestAt} /></Text>
        </div>
        <ConfirmAction
          label={t('parked.redriveGroup', { count: group.events })}
          question={t('parked.redriveQuestion', { count: group.events })}
          consequence={t('parked.redriveConsequence')}
          act={async () => { await redriveGroup(service, group); await refresh(); }}
          button={{ disabled: locked, variant: 'default' }}
        />
      </Group>
      <ul style={{ margin: '0.75rem 0 0', paddingLeft: '1.1rem' }}>
        {events.slice(0, MOST_SHOWN).map((event) => (
          <li key={event.eventId} style={{ overflowWrap: 'anywhere' }}>
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to={'/operations/parked/$service/$eventId' as string} params={{ service, eventId: event.eventId } as never} />}>
              {t('parked.open', { key: event.key })}
            </Anchor>
          </li>
        ))}
      </ul>
      {group.events > Math.min(events.length, MOST_SHOWN) && <Text size="xs" c="dimmed" mt="xs">{t('parked.more', { count: group.events - Math.min(events.length, MOST_SHOWN) })}</Text>}
    </Paper>
  );
}
