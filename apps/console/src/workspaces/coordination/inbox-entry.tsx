import { useTranslation } from 'react-i18next';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { DecideLot } from './decide-lot.js';
import { DecideNeed } from './decide-need.js';
import { DecideOrganisation } from './decide-organisation.js';
import { DecideTask } from './decide-task.js';
import type { Entry } from './inbox-entries.js';
import classes from './inbox.module.css';
import { OrganisationName } from './names.js';

interface InboxEntryProps {
  readonly entry: Entry;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onDecided: () => Promise<void>;
}

export function InboxEntry({ entry, open, onOpen, onDecided }: InboxEntryProps) {
  const { t } = useTranslation('coordination');
  return (
    <li className={classes.entry} data-open={open || undefined}>
      <button type="button" data-entry={entry.key} className={classes.head} aria-expanded={open} onClick={onOpen}>
        <StateChip size="sm" state={entry.overdue || entry.kind === 'task' ? 'failed' : 'waiting'} label={t(`inbox.kind.${entry.kind}`)} />
        <span className={classes.title}><Title entry={entry} /></span>
        <span className={classes.since}>
          {t('inbox.since')} <When at={entry.since} />
          {entry.due !== null && <> · {t(entry.overdue ? 'inbox.wasDue' : 'inbox.due')} <When at={entry.due} /></>}
        </span>
      </button>
      {open && <div className={classes.body}><Decision entry={entry} onDecided={onDecided} /></div>}
    </li>
  );
}

function Title({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('coordination');
  switch (entry.kind) {
    case 'lot': return <>{entry.lot.title} · {t('devices', { count: entry.lot.declared })}</>;
    case 'need': return <><OrganisationName id={entry.need.structureId} /> · {t('devices', { count: entry.need.lines.reduce((sum, { asked }) => sum + asked, 0) })}</>;
    case 'organisation': return <>{entry.organisation.name} · {t(`activity.${entry.organisation.activity}`)}</>;
    case 'task': return <>{t(`task.${entry.task.kind as 'answer-overdue'}`)}</>;
  }
}

function Decision({ entry, onDecided }: Pick<InboxEntryProps, 'entry' | 'onDecided'>) {
  switch (entry.kind) {
    case 'lot': return <DecideLot lot={entry.lot} onDecided={onDecided} />;
    case 'need': return <DecideNeed need={entry.need} onDecided={onDecided} />;
    case 'organisation': return <DecideOrganisation organisation={entry.organisation} onDecided={onDecided} />;
    case 'task': return <DecideTask task={entry.task} onDecided={onDecided} />;
  }
}
