import { useTranslation } from 'react-i18next';
import classes from './life-axis.module.css';
import { SERVICES } from './platform.js';
import { saySeconds } from './say-seconds.js';
import type { Step } from './use-life.js';

const LANE = 30;
const NAMES = 130;
const WIDTH = 1_000;
/** Of the whole: a wait that is longer is said. */
const LONG_WAIT = 0.08;

interface LifeAxisProps {
  readonly steps: readonly Step[];
  readonly chosen: string | null;
  readonly onChoose: (eventId: string) => void;
}

/** A lane for each service that had to do with it, on one time axis. The list below says the same in words. */
export function LifeAxis({ steps, chosen, onChoose }: LifeAxisProps) {
  const { t, i18n } = useTranslation('operations');
  const lanes = SERVICES.filter((service) => steps.some((step) => step.service === service));
  const times = steps.map(({ at }) => Date.parse(at));
  const [begin, end] = [Math.min(...times), Math.max(...times)];
  const long = Math.max(1, end - begin);
  const x = (time: number): number => NAMES + 16 + ((time - begin) / long) * (WIDTH - NAMES - 32);
  const height = lanes.length * LANE + 26;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} className={classes.axis} role="img" aria-label={t('life.axis', { count: steps.length, long: saySeconds(long / 1000, i18n.language) })}>
      {lanes.map((service, n) => (
        <g key={service}>
          <text x={0} y={n * LANE + 20} className={classes.name}>{t(`services.${service}`)}</text>
          <line x1={NAMES} x2={WIDTH} y1={n * LANE + 15} y2={n * LANE + 15} className={classes.lane} />
        </g>
      ))}
      {steps.map((step, n) => {
        const before = times[n - 1];
        const wait = before === undefined ? 0 : times[n]! - before;
        return wait / long < LONG_WAIT ? null : (
          <g key={`wait ${step.eventId}`}>
            <rect x={x(before!)} y={0} width={x(times[n]!) - x(before!)} height={height - 22} className={classes.wait} />
            <text x={(x(before!) + x(times[n]!)) / 2} y={height - 6} textAnchor="middle" className={classes.length}>{saySeconds(wait / 1000, i18n.language)}</text>
          </g>
        );
      })}
      {steps.map((step, n) => {
        const lane = lanes.findIndex((service) => service === step.service);
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the list below has a button for each
        return <circle key={step.eventId} cx={x(times[n]!)} cy={lane * LANE + 15} r={step.eventId === chosen ? 8 : 5} className={classes.step} onClick={() => onChoose(step.eventId)} />;
      })}
    </svg>
  );
}
