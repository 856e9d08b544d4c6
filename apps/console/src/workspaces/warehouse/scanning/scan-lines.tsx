import { Button } from '@mantine/core';
import { Ban, Check, ClipboardList, CloudOff, Eye, type LucideIcon, RotateCcw, ScanLine as Seen, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import type { LineState, ScanLine } from '../../../offline/scan-log.js';
import type { State } from '../../../palette.js';
import { When } from '../../../parts/when.js';
import classes from './scan-lines.module.css';
import { canUndo } from './steps.js';
import { useStepText } from './use-step-text.js';

const LOOKS: Readonly<Record<LineState, readonly [State, LucideIcon]>> = {
  seen: ['left', Seen], waiting: ['waiting', CloudOff], done: ['done', Check], repeated: ['done', RotateCcw], review: ['waiting', Eye], refused: ['failed', Ban], task: ['failed', ClipboardList], unkept: ['failed', Ban],
};

interface ScanLinesProps {
  readonly label: string;
  readonly lines: readonly ScanLine[];
  readonly onUndo: (line: ScanLine) => void;
}

/** What was just scanned, the newest first: green or red, with the word and the reason. */
export function ScanLines({ label, lines, onUndo }: ScanLinesProps) {
  const { t } = useTranslation('warehouse');
  const stepText = useStepText();
  return (
    <ol className={classes.lines} aria-label={label}>
      {lines.map((line, i) => {
        const [look, Icon] = LOOKS[line.state];
        const newest = lines.findIndex((other) => other.label === line.label && other.state !== 'seen') === i;
        return (
          <li key={line.key} className={classes.line} data-state={look}>
            <Icon size={20} aria-hidden className={classes.icon} />
            <span className={classes.label}>{line.label}</span>
            <span className={classes.text}>
              <b>{t(`station.outcomes.${line.state}`)}</b> · {line.state === 'seen' && line.device ? t(`station.states.${line.device.state}`) : stepText(line.step)}
              {line.reason && <span className={classes.reason}>{line.reason[language()]}</span>}
            </span>
            <span className={classes.when}><When at={line.at} /></span>
            {newest && line.state === 'done' && line.device && canUndo(line.step, line.device) && (
              <Button size="compact-md" variant="default" leftSection={<Undo2 size={16} aria-hidden />} onClick={() => onUndo(line)} aria-label={t('station.undoOf', { label: line.label })}>{t('station.undo')}</Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
