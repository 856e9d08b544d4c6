import { Text } from '@mantine/core';
import { PackageCheck, PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory, traceability } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { Notice } from '../../../parts/notice.js';
import { Quantity } from '../../../parts/quantity.js';
import { Facts } from '../facts.js';
import { Fetched } from '../fetched.js';
import { decided } from '../refresh.js';
import { Section } from '../section.js';
import type { Site } from './use-sites.js';

/** Where a device is no more, and where a lot has nothing more to wait for. */
const GONE = new Set(['delivered', 'recycled', 'returned-to-donor', 'lost', 'written-off', 'closed', 'declined', 'cancelled']);
/** More operators than any site has. */
const PEOPLE = 200;

/** What a site holds and who works there, so that one knows before closing it. */
export function StillThere({ site }: { readonly site: Site }) {
  const { t } = useTranslation('administration');
  const { siteId, version, name, state } = site;
  const stages = traceability.useQuery('get', '/api/traceability/stages', { params: { query: { siteId } } });
  const operators = directory.useQuery('get', '/api/directory/people', { params: { query: { role: 'operator', limit: PEOPLE } } });
  const sum = (rows: readonly { readonly stage: string; readonly count: number }[]) => rows.filter(({ stage }) => !GONE.has(stage)).reduce((all, { count }) => all + count, 0);
  const devices = sum(stages.data?.devices ?? []);
  const lots = sum(stages.data?.lots ?? []);
  const people = operators.data?.items.filter((person) => person.state !== 'disabled' && person.siteIds.includes(siteId)) ?? [];
  const close = () => decided(directory.call.POST('/api/directory/sites/{siteId}/closure', { params: { path: { siteId }, header: { 'If-Match': String(version) } } }), '/api/directory/sites');
  const known = stages.data !== undefined && operators.data !== undefined;
  const nothing = devices + lots + people.length === 0;
  const consequence = (
    <>
      <p>{nothing ? t('closure.nothing') : t('closure.holds', { devices: t('closure.devices', { count: devices }), lots: t('closure.lots', { count: lots }), people: t('closure.people', { count: people.length }) })}</p>
      <p>{t('closure.then')}</p>
    </>
  );
  return (
    <Section
      title={t(state === 'open' ? 'closure.title' : 'closure.closedTitle')}
      lead={t(state === 'open' ? 'closure.lead' : 'closure.closedLead')}
      actions={state === 'open' && known && <ConfirmAction label={t('closure.close')} question={t('closure.ask', { name })} consequence={consequence} act={close} danger />}
    >
      <Fetched query={stages} rows={2}>
        {() => (
          <>
            <Facts
              facts={[
                [t('closure.devicesHere'), <Quantity key="devices" value={devices} />],
                [t('closure.lotsHere'), <Quantity key="lots" value={lots} />],
                [t('closure.peopleHere'), people.length === 0 ? '0' : people.map((person) => person.name).join(', ')],
              ]}
            />
            <div style={{ marginTop: 'var(--mantine-spacing-md)' }}>
              {nothing ? <Notice state="done" icon={PackageCheck} title={t('closure.empty')} /> : <Notice state="waiting" icon={PackageOpen} title={t('closure.notEmpty')}><Text size="sm">{t('closure.notEmptyHow')}</Text></Notice>}
            </div>
          </>
        )}
      </Fetched>
    </Section>
  );
}
