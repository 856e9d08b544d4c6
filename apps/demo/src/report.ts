import type { Outcome, Result } from './demo.js';
import { PLACES } from './places.js';
import type { CheckReport } from './system.js';

const MOST_SHOWN = 20;

/** All that is told at the end. */
export interface Told extends Result {
  /** Of `npm run check`; null where the system's databases are not on this machine, or nothing was done. */
  readonly check: CheckReport | null;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Rule → violations: what the API shows, then what `npm run check` finds in the databases. */
export function violations({ outcome, check }: Told): Record<string, number> {
  const visible = Object.entries(outcome?.invariants ?? {}).map(([rule, found]) => [`api: ${rule}`, found.length] as const);
  return { ...Object.fromEntries(visible), ...check?.invariants };
}

/** 0: all is accounted for; 1: an invariant is broken; 2: no row could be accepted. */
export function exitCode(told: Told): 0 | 1 | 2 {
  if (!told.outcome) return 2;
  const broken = Object.values(violations(told)).some((count) => count > 0);
  return broken || (told.check?.exitCode ?? 0) !== 0 ? 1 : 0;
}

/** For programs. */
export function toJson(told: Told): object {
  const { manifest: { rows, accepted, refused }, outcome, seconds } = told;
  return {
    manifest: { rows, accepted, refused: refused.map(({ line, column, value, reason }) => ({ line, column, value, reason })) },
    devices: outcome?.where.counts ?? null,
    needs: outcome && needsOf(outcome),
    round: outcome && roundOf(outcome),
    invariants: violations(told),
    seconds,
  };
}

function needsOf({ structures, needs }: Outcome) {
  const lines = needs.flatMap((need) => need.lines);
  const sum = (field: 'asked' | 'open' | 'allocated' | 'shipped' | 'delivered'): number => lines.reduce((total, line) => total + line[field], 0);
  return {
    structures, needs: needs.length, lines: lines.length, asked: sum('asked'), delivered: sum('delivered'), open: sum('open'), allocated: sum('allocated'), shipped: sum('shipped'),
    fulfilled: needs.filter(({ state }) => state === 'fulfilled').length,
  };
}

function roundOf({ rounds: [first, ...further] }: Outcome): object | null {
  if (!first) return null;
  const { devices, allocations, solver, seconds, figures } = first;
  return { devices, allocations, solver, seconds, ...figures, further: further.map((round) => ({ devices: round.devices, allocations: round.allocations })) };
}

/** For people. */
export function toText(told: Told): string {
  const { manifest, outcome } = told;
  const blocks = [refusals(manifest)];
  if (outcome) blocks.push(placesTable(outcome), fairness(outcome), rules(told));
  blocks.push(times(told.seconds));
  return blocks.filter((block) => block !== '').join('\n\n');
}

function refusals({ rows, accepted, refused, problem }: Result['manifest']): string {
  const lines = [`List: ${rows} rows, ${accepted} accepted, ${new Set(refused.map(({ line }) => line)).size} refused`];
  if (problem !== null) lines.push(`  ${problem}`);
  lines.push(...refused.slice(0, MOST_SHOWN).map(({ line, column, value, text }) => `  line ${line}${column ? `, ${column}` : ''}: ${text}${value ? ` (“${value.slice(0, 60)}”)` : ''}`));
  if (refused.length > MOST_SHOWN) lines.push(`  and ${refused.length - MOST_SHOWN} more`);
  return lines.join('\n');
}

/** Two sums that meet: what was declared, and where what came is now. */
function placesTable({ lot, where: { counts } }: Outcome): string {
  const row = (name: string, count: number): string => `  ${name.padEnd(20)} ${String(count).padStart(7)}`;
  const places = PLACES.filter((place) => place !== 'missing');
  const came = places.reduce((sum, place) => sum + counts[place], 0);
  return [
    'The lot',
    row('declared', lot.declared), row('− declined', lot.declined), row('− refused at the dock', lot.refused), row('− missing', lot.missing), row('− awaited', lot.awaited),
    row('= received', lot.received), row('+ unexpected', lot.unexpected), row('= devices here', lot.received + lot.unexpected),
    '',
    'Where they are',
    ...places.map((place) => row(place, counts[place])), row('= devices', came),
  ].join('\n');
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

function fairness(outcome: Outcome): string {
  const { structures, needs, asked, delivered, open, fulfilled } = needsOf(outcome);
  const [first, ...further] = outcome.rounds;
  const lines = [`Needs: ${needs} of ${structures} structures asked for ${asked} devices; ${delivered} delivered, ${open} still open, ${fulfilled} needs fulfilled`];
  if (!first?.figures) return lines.join('\n');
  const { figures, solver, seconds } = first;
  lines.push(
    `Round: ${first.devices} devices in ${first.allocations} allocations, ${solver} in ${seconds?.toFixed(2)} s; then ${further.map(({ devices }) => devices).join(', ')} more`,
    `  fairness (Jain) ${figures.jain?.toFixed(3) ?? '–'}, least fill ${percent(figures.leastFill)}, ${Math.round(figures.kilometres)} km`,
    ...figures.fillByUrgency.map(({ urgency, asked: wanted, served, fill }) => `  urgency ${urgency}: ${served} of ${wanted} (${percent(fill)})`),
    ...figures.unserved.map(({ limit, lines: unserved, units }) => `  unserved for ${limit}: ${units} devices of ${unserved} lines`),
  );
  return lines.join('\n');
}

function rules(told: Told): string {
  const all = Object.entries(violations(told));
  const broken = all.filter(([, count]) => count > 0);
  const where = told.check ? 'over the API and in the databases' : 'over the API';
  if (broken.length === 0 && exitCode(told) === 0) return `All ${all.length} invariants hold, ${where}.`;
  const details = Object.entries(told.outcome?.invariants ?? {}).flatMap(([rule, found]) => found.slice(0, MOST_SHOWN).map((detail) => `    ${rule}: ${detail}`));
  return [`BROKEN: ${broken.length} of ${all.length} invariants`, ...broken.map(([rule, count]) => `  ${rule}: ${count} violations`), ...details, told.check?.notes.trim() ?? ''].filter(Boolean).join('\n');
}

function times(seconds: Told['seconds']): string {
  return `Seconds: ${Object.entries(seconds).map(([stage, value]) => `${stage} ${value.toFixed(1)}`).join(', ')}`;
}
