import { useTranslation } from 'react-i18next';
import type { State } from '../palette.js';
import classes from './journey-bar.module.css';
import { Quantity } from './quantity.js';

interface JourneyBarProps {
  /** In the order of the way; each counts what stands there now, so that all add up to the whole. */
  readonly steps: readonly { readonly key: string; readonly label: string; readonly count: number; readonly state: State }[];
  /** What is counted, for who does not see it: `Appareils`. */
  readonly label: string;
  /** Words and numbers under the bar; without them it is a picture beside numbers that are said elsewhere. */
  readonly legend?: boolean;
}

/** How far things have come: a bar whose parts are as long as what stands there. */
export function JourneyBar({ steps, label, legend = true }: JourneyBarProps) {
  const { t } = useTranslation('parts');
  const all = steps.reduce((sum, { count }) => sum + count, 0);
  const said = steps.filter(({ count }) => count > 0).map((step) => t('journey.step', { label: step.label, number: step.count })).join(', ');
  return (
    <div>
      <div role="img" aria-label={`${label}: ${all === 0 ? t('journey.none') : said}`} className={classes.bar}>
        {steps.map(({ key, count, state }) => count > 0 && <span key={key} className={classes.part} data-state={state} style={{ flexGrow: count }} />)}
      </div>
      {legend && (
        <ul className={classes.legend}>
          {steps.map(({ key, label: word, count, state }) => (
            <li key={key} className={classes.step} data-state={state} data-none={count === 0 || undefined}>
              <b><Quantity value={count} /></b> {word}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
