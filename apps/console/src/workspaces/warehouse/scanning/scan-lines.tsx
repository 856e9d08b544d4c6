import { Button } from '@mantine/core';
import { Ban, Check, ClipboardList, CloudOff, Eye, type LucideIcon, RotateCcw, ScanLine as Seen, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import type { LineState, ScanLine } from '../../../offline/scan-log.js';
import { scan } from '../../../offline/scan-queue.js';
import type { State } from '../../../palette.js';
import { When } from '../../../parts/when.js';
import classes from './scan-lines.module.css';
import { canUndo } from './steps.js';
import { useStepText } from './use-step-text.js';

const LOOKS: Readonly<Record<LineState, readonly [State, LucideIcon]>> = {
  seen: ['left', Seen], waiting: ['waiting', CloudOff], done: ['done', Check], repeated: ['done', RotateCcw], review: ['waiting', Eye], refused: ['failed', Ban], task: ['failed', ClipboardList], unkept: ['failed', Ban],
};

/** More would keep the next scan waiting. */
const MOST_DRAWN = 500;

interface ScanLinesProps {
  readonly label: string;
  readonly lines: readonly ScanLine[];
}

/** Takes back the step of this scan. */
export const undoLine = ({ label }: ScanLine): void => void scan([label], { step: 'undo' });

/** What was just scanned, the newest first: green or red, with the word and the reason. */
export function ScanLines({ label, lines: all }: ScanLinesProps) {
  const lines = all.slice(0, MOST_DRAWN);
  const newest = new Map(lines.filter(({ state }) => state !== 'seen').toReversed().map((line) => [line.label, line]));
  return <ol className={classes.lines} aria-label={label}>{lines.map((line) => <Line key={line.key} line={line} newest={newest.get(line.label) === line} />)}</ol>;
}

interface LineProps {
  readonly line: ScanLine;
  /** Of its device: only that can be undone. */
  readonly newest: boolean;
}

/** Drawn again only when it changes: a hundred lines would keep the next scan waiting. */
const Line = memo(function Line({ line, newest }: LineProps) {
  const { t } = useTranslation('warehouse');
  const stepText = useStepText();
  const [look, Icon] = LOOKS[line.state];
  return (
    <li className={classes.line} data-state={look}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <span className={classes.label}>{line.label}</span>
      <span className={classes.text}>
        <b>{t(`station.outcomes.${line.state}`)}</b> · {line.state === 'seen' && line.device ? t(`station.states.${line.device.state}`) : stepText(line.step)}
        {line.reason && <span className={classes.reason}>{line.reason[language()]}</span>}
      </span>
      <span className={classes.when}><When at={line.at} /></span>
      {newest && line.state === 'done' && line.device && canUndo(line.step, line.device) && (
        <Button size="compact-md" variant="default" leftSection={<Undo2 size={16} aria-hidden />} onClick={() => undoLine(line)} aria-label={t('station.undoOf', { label: line.label })}>{t('station.undo')}</Button>
      )}
    </li>
  );
});
