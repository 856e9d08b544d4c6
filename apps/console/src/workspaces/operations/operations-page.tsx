import { Group, Switch } from '@mantine/core';
import { PlugZap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import type { Answered } from './platform.js';
import { readOnly } from './read-only.js';

interface OperationsPageProps {
  readonly title: string;
  readonly back?: ReactNode;
  readonly lead?: ReactNode;
  /** Those that do not answer are named. */
  readonly services?: readonly Answered<unknown>[];
  readonly children: ReactNode;
}

/** What stands around every page of this workspace. */
export function OperationsPage({ back, title, lead, services = [], children }: OperationsPageProps) {
  const { t, i18n } = useTranslation('operations');
  const locked = useStore(readOnly);
  const away = services.filter(({ error }) => error !== null).map(({ service }) => t(`services.${service}`));
  return (
    <Page
      title={title}
      back={back}
      lead={lead}
      actions={<Switch checked={locked} onChange={(event) => readOnly.set(event.currentTarget.checked)} label={t('readOnly.label')} description={t(locked ? 'readOnly.on' : 'readOnly.off')} />}
    >
      {away.length > 0 && (
        <Group mb="md"><Notice state="failed" icon={PlugZap} title={t('away', { count: away.length, services: new Intl.ListFormat(i18n.language).format(away) })} aloud /></Group>
      )}
      {children}
    </Page>
  );
}
