import type { ReactNode } from 'react';
import type { State } from '../palette.js';
import classes from './timeline.module.css';
import { When } from './when.js';

interface TimelineProps {
  /** In the order they are shown in. `at`: ISO 8601; none for what has not happened yet. */
  readonly steps: readonly { readonly key: string; readonly title: ReactNode; readonly at?: string; readonly state: State; readonly detail?: ReactNode }[];
  readonly label: string;
}

/** What happened to one thing, and when. */
export function Timeline({ steps, label }: TimelineProps) {
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map(({ key, title, at, state, detail }) => (
        <li key={key} className={classes.step} data-state={state} data-ahead={at === undefined || undefined}>
          <div className={classes.title}>{title}{at !== undefined && <span className={classes.when}><When at={at} /></span>}</div>
          {detail !== undefined && <div className={classes.detail}>{detail}</div>}
        </li>
      ))}
    </ol>
  );
}
