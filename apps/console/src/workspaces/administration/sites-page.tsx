import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Warehouse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { Page } from '../../parts/page.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import type { Column } from '../../parts/table/column.js';
import { listOf } from '../../parts/table/list.js';
import { VirtualTable } from '../../parts/table/virtual-table.js';
import { Fetched } from './fetched.js';
import { LinkButton } from './link-button.js';
import type { Site } from './sites/use-sites.js';

/** Where equipment is received, mended and kept, and how much each place takes. */
export function SitesPage() {
  const { t, i18n } = useTranslation('administration');
  const navigate = useNavigate();
  const sites = directory.useQuery('get', '/api/directory/sites');
  const chip = ({ state }: Site) => <StateChip size="sm" state={state === 'open' ? 'done' : 'left'} label={t(`siteStates.${state}`)} />;
  const columns: Column<Site>[] = [
    { key: 'name', title: t('people.name'), width: 200, shown: 'always', cell: ({ name }) => name },
    { key: 'city', title: t('organisations.city'), width: 180, cell: ({ postalCode, city }) => `${postalCode} ${city}` },
    { key: 'capacity', title: t('sites.capacity'), width: 190, align: 'right', cell: ({ weeklyCapacity }) => <Quantity value={weeklyCapacity} /> },
    { key: 'bins', title: t('sites.bins'), width: 150, align: 'right', cell: ({ bins }) => <Quantity value={bins.length} /> },
    { key: 'state', title: t('people.state'), width: 110, cell: chip },
  ];
  const action = <LinkButton to="/administration/sites/new" leftSection={<Plus size={17} aria-hidden />}>{t('sites.new')}</LinkButton>;
  const byName = (a: Site, b: Site) => (a.state === b.state ? a.name.localeCompare(b.name, i18n.language) : a.state === 'open' ? -1 : 1);
  return (
    <Page title={t('nav.sites')} lead={sites.data && t('sites.lead', { count: sites.data.filter(({ state }) => state === 'open').length })} actions={action}>
      <Fetched query={sites}>
        {(all) => (
          <VirtualTable
            name="sites"
            label={t('nav.sites')}
            columns={columns}
            list={listOf([...all].sort(byName))}
            rowKey={({ siteId }) => siteId}
            onOpen={({ siteId }) => void navigate({ to: '/administration/sites/$siteId', params: { siteId } })}
            compact={(site) => (
              <>
                <Text fw={600}>{site.name}</Text>
                <Text size="sm" c="dimmed">{t('sites.inShort', { city: site.city, count: site.weeklyCapacity })}</Text>
                {site.state === 'closed' && chip(site)}
              </>
            )}
            empty={<EmptyState icon={Warehouse} title={t('sites.none')} text={t('sites.noneHow')} action={action} />}
          />
        )}
      </Fetched>
    </Page>
  );
}
