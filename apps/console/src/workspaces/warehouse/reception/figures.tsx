import { useTranslation } from 'react-i18next';
import { Quantity } from '../../../parts/quantity.js';
import type { State } from '../../../palette.js';
import { expectedOf, type Lot, missingOf } from './dock.js';
import classes from './reception.module.css';

/** Expected, received, unexpected, missing: readable from two metres, and said aloud as they change. */
export function Figures({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('warehouse');
  const missing = missingOf(lot);
  const figures: readonly (readonly ['expected' | 'received' | 'unexpected' | 'missing', number, State])[] = [
    ['expected', expectedOf(lot), 'active'], ['received', lot.received, 'done'], ['unexpected', lot.unexpected, lot.unexpected > 0 ? 'waiting' : 'left'], ['missing', missing, missing > 0 && lot.awaited === 0 ? 'failed' : 'left'],
  ];
  return (
    <div role="status" aria-label={t('reception.figures')}>
      <dl className={classes.figures}>
        {figures.map(([name, value, state]) => (
          <div key={name} className={classes.figure} data-state={state} data-figure={name}>
            <dt>{t(name === 'missing' && lot.awaited > 0 ? 'reception.figure.awaited' : `reception.figure.${name}`)}</dt>
            <dd><Quantity value={value} /></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
