import { Button, Group, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { queryClient } from '../../api/query-client.js';
import { useStore } from '../../api/store.js';
import { ConfirmAction } from '../../parts/confirm-action.js';
import { ErrorState } from '../../parts/error-state.js';
import { Page } from '../../parts/page.js';
import { session } from '../../session/session.js';
import classes from './card.module.css';
import { LineFields } from './line-fields.js';
import { type DraftLine, emptyLine, missingOf, statedLines } from './need-draft.js';
import { StandingNotice } from './standing-notice.js';
import { structure } from './workspace.js';

const MOST_LINES = 50;

/** A need in a minute: what, how many, for whom, how urgent. What is typed is kept in this browser until it is sent. */
export function NewNeedPage() {
  const { t } = useTranslation(structure.name);
  const navigate = useNavigate();
  const subject = useStore(session)?.subject ?? '';
  const [kept, keep, forget] = useLocalStorage<DraftLine[]>({ key: `lacollecte.need.${subject}`, defaultValue: [], getInitialValueInEffect: false });
  const [first] = useState(emptyLine);
  const lines = kept.length > 0 ? kept : [first];
  const { data: now } = matching.useQuery('get', '/api/matching/availability');
  const state = matching.useMutation('post', '/api/matching/needs');
  const stated = statedLines(lines);
  const missing = lines.flatMap((line, i) => missingOf(line).map((field) => (lines.length > 1 ? t('draft.inLine', { line: i + 1, what: t(`draft.missing.${field}`) }) : t(`draft.missing.${field}`))));
  const change = (key: string, part: Partial<DraftLine>) => keep(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const send = async () => {
    if (stated === null) return;
    const { needId } = await state.mutateAsync({ body: { lines: stated, topUps: 0 } });
    forget();
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/matching/needs'] });
    await navigate({ to: '/structure/needs/$needId', params: { needId } });
  };
  return (
    <Page title={t('draft.title')} lead={t('draft.lead')}>
      <Stack gap="md" maw="44rem" className={classes.form} component="form" onSubmit={(event) => (event.preventDefault(), void send().catch(() => undefined))}>
        <StandingNotice onlyTrouble />
        {lines.map((line, i) => (
          <LineFields
            key={line.key}
            line={line}
            number={lines.length > 1 ? i + 1 : null}
            now={now}
            change={(part) => change(line.key, part)}
            {...(lines.length > 1 && { remove: () => keep(lines.filter(({ key }) => key !== line.key)) })}
          />
        ))}
        <Group>
          {lines.length < MOST_LINES && <Button variant="default" leftSection={<Plus size={18} aria-hidden />} onClick={() => keep([...lines, emptyLine()])}>{t('draft.add')}</Button>}
          {kept.length > 0 && (
            <ConfirmAction danger label={t('draft.clear')} question={t('draft.clearQuestion')} consequence={t('draft.clearHow')} act={async () => forget()} />
          )}
        </Group>
        <div className={classes.sticky}>
          {state.error && <ErrorState error={state.error} />}
          <Group justify="space-between" gap="sm">
            <Text size="sm" role="status" style={{ flex: '1 1 12rem' }}>{missing.length > 0 ? t('draft.lacks', { what: missing.join(', ') }) : t('draft.ready')}</Text>
            <Button type="submit" disabled={stated === null} loading={state.isPending} leftSection={<Send size={18} aria-hidden />}>{t('draft.send')}</Button>
          </Group>
        </div>
      </Stack>
    </Page>
  );
}
