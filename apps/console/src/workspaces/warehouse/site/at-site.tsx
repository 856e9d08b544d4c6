import { NativeSelect } from '@mantine/core';
import { MapPinOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { Page } from '../../../parts/page.js';
import { useSite } from './use-site.js';

interface AtSiteProps {
  readonly back?: ReactNode;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: (siteId: string) => ReactNode;
}

/** A page about one site: who works at several chooses, who works at none is told so. */
export function AtSite({ back, title, lead, actions, children }: AtSiteProps) {
  const { t } = useTranslation('warehouse');
  const { siteId, siteIds } = useSite();
  if (siteId === null) return <Page back={back} title={title}><EmptyState icon={MapPinOff} title={t('queue.noSite')} text={t('queue.noSiteHow')} /></Page>;
  return <Page back={back} title={title} lead={lead} actions={<>{siteIds.length > 1 && <SiteChoice />}{actions}</>}>{children(siteId)}</Page>;
}

function SiteChoice() {
  const { t } = useTranslation('warehouse');
  const { siteId, siteIds, choose } = useSite();
  const { data } = directory.useQuery('get', '/api/directory/sites', {}, { staleTime: Number.POSITIVE_INFINITY });
  const nameOf = (id: string) => data?.find((site) => site.siteId === id)?.name ?? id;
  return <NativeSelect aria-label={t('queue.site')} value={siteId ?? ''} data={siteIds.map((value) => ({ value, label: nameOf(value) }))} onChange={({ currentTarget }) => choose(currentTarget.value)} />;
}
