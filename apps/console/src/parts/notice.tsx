import { Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { State } from '../palette.js';
import classes from './notice.module.css';

interface NoticeProps {
  readonly state: State;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Said aloud when it appears; for what was there from the beginning, do not. */
  readonly aloud?: boolean;
}

/** What a person should know here, in the colour of its state: what happened, what was kept, what to do. */
export function Notice({ state, icon: Icon, title, children, aloud = false }: NoticeProps) {
  return (
    <div role={aloud ? 'alert' : undefined} className={classes.notice} data-state={state}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <Text fw={620} component="p" m={0}>{title}</Text>
        {children}
      </div>
    </div>
  );
}
