import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import type { State } from '../../palette.js';
import { StateChip } from '../../parts/state-chip.js';
import { language } from '../../i18n/i18n.js';

const STATES: Readonly<Record<string, State>> = { scheduled: 'active', done: 'done', failed: 'failed' };
type PickupState = 'scheduled' | 'done' | 'failed';

/** On which days somebody comes, or came. A gift that is brought has none. */
export function LotPickups({ lotId }: { readonly lotId: string }) {
  const { t } = useTranslation('donor');
  const { data: pickups = [] } = intake.useQuery('get', '/api/intake/lots/{lotId}/pickups', { params: { path: { lotId } } });
  if (pickups.length === 0) return null;
  const day = new Intl.DateTimeFormat(language() === 'fr' ? 'fr' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
      <Title order={2} mb="sm">{t('lot.pickups.title')}</Title>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: '0.5rem' }}>
        {pickups.map(({ id, plannedOn, state }) => (
          <li key={id} style={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 0.75rem', alignItems: 'center' }}>
            {day.format(new Date(`${plannedOn}T00:00:00Z`))} <StateChip size="sm" state={STATES[state] ?? 'waiting'} label={t(`lot.pickups.${state as PickupState}`)} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}
