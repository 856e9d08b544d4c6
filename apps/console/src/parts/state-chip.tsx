import { Ban, Check, CircleDashed, Hourglass, LogOut, type LucideIcon } from 'lucide-react';
import type { State } from '../palette.js';
import classes from './state-chip.module.css';

const SHAPES: Record<State, LucideIcon> = { waiting: Hourglass, active: CircleDashed, done: Check, failed: Ban, left: LogOut };

interface StateChipProps {
  readonly state: State;
  /** The word: colour and shape alone say nothing. */
  readonly label: string;
  readonly size?: 'sm' | 'md';
}

export function StateChip({ state, label, size = 'md' }: StateChipProps) {
  const Shape = SHAPES[state];
  return (
    <span className={classes.chip} data-state={state} data-size={size}>
      <Shape size={size === 'sm' ? 12 : 14} strokeWidth={2.4} aria-hidden />
      {label}
    </span>
  );
}
