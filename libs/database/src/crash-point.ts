import { writeSync } from 'node:fs';

/** Places where a process may die and nothing may be lost; the crash tests end it there for real. */
export const CRASH_POINTS = [
  'http-before-begin',
  'http-before-commit',
  'http-after-commit',
  'relay-before-publish',
  'relay-after-publish',
  'relay-in-mark',
  'consumer-after-fetch',
  'consumer-in-transaction',
  'consumer-after-commit',
  'consumer-in-rebalance',
  'job-after-claim',
  'job-after-effect',
  'import-after-part',
  'round-after-solving',
  'round-half-written',
  'reservation-half-written',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

const [point, nth] = (process.env.CRASH_AT ?? '').split(':');
let passes = 0;

/** `CRASH_AT=<point>:<n>` kills this process, without any clean-up, when it passes the point for the n-th time. */
export function crashPoint(name: CrashPoint): void {
  if (name !== point || ++passes !== Number(nth ?? 1)) return;
  writeSync(2, `crashed at ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}
