import { Banknote, Plus } from 'lucide-react';
import { Accordion, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Fetched } from './fetched.js';
import { LinkButton } from './link-button.js';
import { Day, today } from './rules/day.js';
import { PriceMatrix } from './rules/price-matrix.js';
import type { PriceTable } from './rules/price-table.js';

/** What a structure is shown as the price of a device, now, before and later. */
export function PricesPage() {
  const { t } = useTranslation('administration');
  const tables = matching.useQuery('get', '/api/matching/price-tables');
  const action = <LinkButton to="/administration/rules/prices/new" leftSection={<Plus size={17} aria-hidden />}>{t('prices.new')}</LinkButton>;
  return (
    <Page title={t('prices.title')} lead={t('prices.pageLead')} actions={action}>
      <Fetched query={tables} rows={9}>{(all) => (all.length === 0 ? <EmptyState icon={Banknote} title={t('prices.none')} text={t('prices.noneHow')} action={action} /> : <Versions all={all} />)}</Fetched>
    </Page>
  );
}

/** Newest first; what differs from the one before is marked. */
function Versions({ all }: { readonly all: readonly PriceTable[] }) {
  const { t } = useTranslation('administration');
  const now = all.find(({ validFrom }) => validFrom <= today());
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">{t('prices.source')}</Text>
      <Accordion variant="separated" multiple defaultValue={now ? [now.validFrom] : []} order={2}>
        {all.map((table, i) => (
          <Accordion.Item key={table.validFrom} value={table.validFrom}>
            <Accordion.Control>
              <Group gap="sm">
                <Text fw={600} component="span">{t('prices.from')} <Day at={table.validFrom} /></Text>
                <StateChip size="sm" state={table === now ? 'done' : table.validFrom > today() ? 'waiting' : 'left'} label={t(`standing.${table === now ? 'now' : table.validFrom > today() ? 'ahead' : 'past'}`)} />
              </Group>
            </Accordion.Control>
            <Accordion.Panel><PriceMatrix table={table} before={all[i + 1]} /></Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
}
