import { Button, Group, Text, Title } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store.js';
import { keptScans } from '../../../offline/kept-scans.js';
import { ownKept, tryStuckAgain } from '../../../offline/scan-queue.js';
import { Notice } from '../../../parts/notice.js';
import { When } from '../../../parts/when.js';
import { useStepText } from './use-step-text.js';

const MOST_SHOWN = 20;

/** What waits to be sent, in the order in which it will be; nothing where nothing waits. */
export function KeptList() {
  const { t } = useTranslation('warehouse');
  const stepText = useStepText();
  const all = useStore(keptScans);
  const own = ownKept(all);
  const others = all.length - own.length;
  const rows = own.flatMap((kept) => kept.labels.map((label) => ({ ...kept, label })));
  const stuck = rows.some((row) => row.stuck !== null);
  if (all.length === 0) return null;
  return (
    <Notice state={stuck ? 'failed' : 'waiting'} icon={CloudOff} title={t('offline.waiting', { count: rows.length })}>
      <div>{t('offline.kept')}</div>
      {others > 0 && <div>{t('offline.others', { count: others })}</div>}
      <Title order={2} size="sm" mt={4}>{t('offline.list')}</Title>
      <ol aria-label={t('offline.list')} style={{ margin: 0, paddingLeft: '1.6rem' }}>
        {rows.slice(0, MOST_SHOWN).map((row) => (
          <li key={`${row.key}${row.label}`}>
            <b>{row.label}</b> · {stepText(row.step.step)} · <When at={row.occurredAt} />
            {row.stuck !== null && <Text size="sm" fw={600}>{t('offline.stuck', { reason: row.stuck })}</Text>}
          </li>
        ))}
      </ol>
      {rows.length > MOST_SHOWN && <div>{t('offline.more', { count: rows.length - MOST_SHOWN })}</div>}
      {stuck && <Group mt={4}><Button size="xs" variant="default" onClick={() => void tryStuckAgain()}>{t('offline.again')}</Button></Group>}
    </Notice>
  );
}
