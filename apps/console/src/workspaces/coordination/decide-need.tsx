import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { Notice } from '../../parts/notice.js';
import { ActButton } from './act-button.js';
import type { Need } from './inbox-entries.js';
import { ReasonAction } from './reason-action.js';

const URGENCIES = ['1', '2', '3', '4'];

/** Approve it, perhaps at other urgencies, or decline it. */
export function DecideNeed({ need, onDecided }: { readonly need: Need; readonly onDecided: () => Promise<void> }) {
  const { t } = useTranslation('coordination');
  const [urgencies, setUrgencies] = useState<Readonly<Record<string, number>>>({});
  const versioned = { params: { path: { needId: need.needId }, header: { 'If-Match': String(need.version) } } };
  const approve = async () => {
    const changed = Object.entries(urgencies).map(([lineId, urgency]) => ({ lineId, urgency }));
    await matching.call.POST('/api/matching/needs/{needId}/approval', { ...versioned, body: changed.length > 0 ? { urgencies: changed } : {} });
    await onDecided();
  };
  const decline = async (reason: string) => {
    await matching.call.POST('/api/matching/needs/{needId}/refusal', { ...versioned, body: { reason } });
    await onDecided();
  };
  const all = need.lines.reduce((sum, { asked }) => sum + asked, 0);
  return (
    <>
      <Stack gap="sm" my="sm">
        {need.lines.map((line) => (
          <div key={line.lineId}>
            <Group gap="md" align="flex-end">
              <Text flex="1 1 14rem">{t('need.line', { count: line.asked, category: t(`category.${line.category}`), grade: t(`grade.${line.minGrade}`), public: t(`public.${line.public}`) })}</Text>
              <NativeSelect
                label={t('need.urgency')}
                description={line.urgency === line.urgencyAsked ? undefined : t('need.asked', { urgency: line.urgencyAsked })}
                value={String(urgencies[line.lineId] ?? line.urgency)}
                data={URGENCIES}
                onChange={(event) => setUrgencies({ ...urgencies, [line.lineId]: Number(event.currentTarget.value) })}
              />
            </Group>
            <Text size="sm" c="dimmed">{t('need.why', { reason: line.reason })}</Text>
            {line.warnings.length > 0 && <Notice state="waiting" icon={TriangleAlert} title={t('need.warning')} />}
          </div>
        ))}
      </Stack>
      <Group gap="sm">
        <ActButton act={approve} shortcut="a">{t('need.approve', { count: all })}</ActButton>
        <ReasonAction label={t('need.decline')} question={t('need.declineQuestion', { count: all })} act={decline} shortcut="r" />
      </Group>
    </>
  );
}
