import { Group, Kbd, Modal, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Inbox } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { InboxEntry } from './inbox-entry.js';
import { useInboxEntries } from './inbox-entries.js';
import classes from './inbox.module.css';

const KEYS = ['j', 'k', 'a', 'r', '?'] as const;
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** What waits for me? */
export function InboxPage() {
  const { t } = useTranslation('coordination');
  const { entries, more, pending, error, reload } = useInboxEntries();
  const [wanted, setWanted] = useState<string | null>(null);
  const [help, { open: showHelp, close: hideHelp }] = useDisclosure(false);
  const list = useRef<HTMLOListElement>(null);
  const open = entries.find(({ key }) => key === wanted) ?? entries[0];
  // What is open stays open, whatever more urgent comes in above it: a key decides what was read.
  if (open !== undefined && open.key !== wanted) setWanted(open.key);

  // The keys work at once; whoever is elsewhere on the page stays there. After a decision the next entry has the focus.
  useEffect(() => {
    if (open !== undefined && (document.activeElement === document.body || document.activeElement === null)) headOf(list.current, open.key)?.focus();
  }, [open]);

  // A key that is held down decides one, not all that come after it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || !list.current?.contains(event.target as Node)) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      const next = entries[entries.findIndex(({ key }) => key === open?.key) + step];
      if (next === undefined) return;
      event.preventDefault();
      setWanted(next.key);
      headOf(list.current, next.key)?.focus();
    } else if (event.key === '?') showHelp();
    else if ((event.key === 'a' || event.key === 'r') && !event.repeat) {
      event.preventDefault();
      list.current.querySelector<HTMLButtonElement>(`[data-open] [aria-keyshortcuts="${event.key}"]`)?.click();
    }
  };

  return (
    <Page
      title={t('nav.inbox')}
      lead={pending ? undefined : t('inbox.lead', { count: entries.length, overdue: t('inbox.overdueCount', { count: entries.filter(({ overdue }) => overdue).length }) })}
      actions={<Group gap={6} visibleFrom="sm"><Kbd aria-hidden>?</Kbd><Text size="sm" c="dimmed">{t('inbox.keysHint')}</Text></Group>}
    >
      {pending && error === null && <LoadingRows />}
      {error !== null && <ErrorState error={error} retry={() => void reload()} />}
      {!pending && error === null && entries.length === 0 && <EmptyState icon={Inbox} title={t('inbox.nothing')} text={t('inbox.nothingHow')} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons have the focus, and their keys come here */}
      <ol ref={list} className={classes.entries} onKeyDown={onKeyDown} hidden={entries.length === 0} aria-label={t('nav.inbox')}>
        {entries.map((entry) => <InboxEntry key={entry.key} entry={entry} open={entry.key === open?.key} onOpen={() => setWanted(entry.key)} onDecided={reload} />)}
      </ol>
      {more && <Text size="sm" c="dimmed" mt="sm">{t('inbox.more')}</Text>}
      <Modal opened={help} onClose={hideHelp} title={t('inbox.keys')} centered closeButtonProps={{ 'aria-label': t('cancel') }}>
        <Table>
          <Table.Tbody>{KEYS.map((key) => <Table.Tr key={key}><Table.Td w={60}><Kbd>{key}</Kbd></Table.Td><Table.Td>{t(`inbox.key.${key === '?' ? 'help' : key}`)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </Modal>
    </Page>
  );
}

const headOf = (list: HTMLElement | null, key: string) => list?.querySelector<HTMLButtonElement>(`[data-entry="${key}"]`);

const isField = (target: EventTarget): boolean => target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
