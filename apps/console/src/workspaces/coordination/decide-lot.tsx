import { Checkbox, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ActButton } from './act-button.js';
import classes from './inbox.module.css';
import type { Lot } from './inbox-entries.js';
import { OrganisationName, useSites } from './names.js';
import { ReasonAction } from './reason-action.js';

const SHOWN = 8;

/** Take it for a site, the suggested one first, or decline it. */
export function DecideLot({ lot, onDecided }: { readonly lot: Lot; readonly onDecided: () => Promise<void> }) {
  const { t } = useTranslation('coordination');
  const { sites, siteName } = useSites();
  const path = { params: { path: { lotId: lot.id } } };
  const suggestions = intake.useQuery('get', '/api/intake/lots/{lotId}/site-suggestions', path);
  const lines = intake.useQuery('get', '/api/intake/lots/{lotId}/lines', { params: { path: { lotId: lot.id }, query: { limit: SHOWN } } });
  const [chosen, setChosen] = useState<string | null>(null);
  const [brought, setBrought] = useState(lot.brought);
  const siteId = chosen ?? suggestions.data?.[0]?.siteId ?? sites.find(({ state }) => state === 'open')?.siteId ?? null;
  const versioned = { params: { path: { lotId: lot.id }, header: { 'If-Match': String(lot.version) } } };
  const accept = async () => {
    if (siteId === null) return;
    await intake.call.POST('/api/intake/lots/{lotId}/acceptance', { ...versioned, body: { siteId, brought } });
    await onDecided();
  };
  const decline = async (reason: string) => {
    await intake.call.POST('/api/intake/lots/{lotId}/decline', { ...versioned, body: { reason } });
    await onDecided();
  };
  if (suggestions.isPending || lines.isPending) return <LoadingRows rows={2} />;
  const far = new Map(suggestions.data?.map((suggestion) => [suggestion.siteId, suggestion]));
  const options = [...far.keys(), ...sites.filter((site) => site.state === 'open' && !far.has(site.siteId)).map((site) => site.siteId)].map((id) => {
    const suggestion = far.get(id);
    return { value: id, label: suggestion ? t('lot.site', { site: siteName(id), km: suggestion.kilometres, count: suggestion.capacityLeft }) : siteName(id) };
  });
  return (
    <>
      <Text size="sm" mt="xs">{t('lot.from')} <OrganisationName id={lot.donorId} /></Text>
      {lines.error !== null && <ErrorState error={lines.error} retry={() => void lines.refetch()} />}
      <ul className={classes.lines}>
        {lines.data?.items.map((line) => <li key={line.id}>{t('lot.line', { count: line.quantity, category: t(`category.${line.category}`), what: [line.maker, line.model].filter(Boolean).join(' ') })}</li>)}
        {lines.data?.next != null && <li>{t('lot.moreLines')}</li>}
      </ul>
      {suggestions.error !== null && <ErrorState error={suggestions.error} retry={() => void suggestions.refetch()} />}
      <Group align="flex-end" gap="md" mb="md">
        <NativeSelect label={t('lot.for')} value={siteId ?? ''} onChange={(event) => setChosen(event.currentTarget.value)} data={options} maw="100%" />
        <Checkbox label={t('lot.brought')} checked={brought} onChange={(event) => setBrought(event.currentTarget.checked)} mb={8} />
      </Group>
      <Group gap="sm">
        <ActButton act={accept} shortcut="a" disabled={siteId === null}>{t('lot.accept', { count: lot.declared })}</ActButton>
        <ReasonAction label={t('lot.decline')} question={t('lot.declineQuestion', { title: lot.title, count: lot.declared })} act={decline} shortcut="r" />
      </Group>
    </>
  );
}
