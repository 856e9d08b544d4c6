import { AlarmClock, Clock, Hourglass, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import { useNow } from '../../../parts/use-now.js';
import type { State } from '../../../palette.js';
import { type Freshness, freshnessOf, sayAge } from './waited.js';
import classes from './queue.module.css';

const LOOKS: Readonly<Record<Freshness, readonly [State, LucideIcon]>> = { day: ['done', Clock], week: ['waiting', Hourglass], longer: ['failed', AlarmClock] };
export const stateOf = (freshness: Freshness): State => LOOKS[freshness][0];

const MINUTE_MS = 60_000;

/** How long something waits: in a colour, with a shape and in words. `since`: ISO 8601. */
export function Age({ since }: { readonly since: string }) {
  const { t } = useTranslation('warehouse');
  const now = useNow();
  const [state, Shape] = LOOKS[freshnessOf(new Date(since), now)];
  const sinceNow = now.getTime() - new Date(since).getTime() < MINUTE_MS;
  return <span className={classes.age} data-state={state}><Shape size={13} strokeWidth={2.2} aria-hidden /> {sinceNow ? t('queue.justNow') : t('queue.age', { age: sayAge(new Date(since), now, language()) })}</span>;
}
