import type { InFlight } from './flow-rules.js';
import type { RuleResult } from './rule.js';

export interface Report {
  readonly rules: readonly RuleResult[];
  readonly inFlight: readonly InFlight[];
}

/** Older than this and not parked, an event should have arrived. */
export const LATE_SECONDS = 60;

/** 0: all holds. 1: a violation, a rule that examined nothing, or an event that is late. 2: events are parked. */
export function exitCode({ rules, inFlight }: Report, allowEmpty: boolean): 0 | 1 | 2 {
  if (rules.some((rule) => rule.violated > 0 || (rule.examined === 0 && !allowEmpty))) return 1;
  if (inFlight.some((event) => event.where !== 'parked' && event.ageSeconds > LATE_SECONDS)) return 1;
  return inFlight.some((event) => event.where === 'parked') ? 2 : 0;
}

/** For people: a line a rule, violations below it, then what is in flight. */
export function toText(report: Report, allowEmpty: boolean): string {
  const lines: string[] = [];
  for (const rule of report.rules) {
    const verdict = rule.violated > 0 ? 'VIOLATED' : rule.examined === 0 && !allowEmpty ? 'EMPTY' : 'ok';
    const excused = rule.excused > 0 ? `, ${rule.excused} excused by events in flight` : '';
    lines.push(`${verdict.padEnd(9)} ${rule.where}: ${rule.name} (${rule.examined} examined${rule.violated > 0 ? `, ${rule.violated} violations` : ''}${excused})`);
    if (rule.violated === 0) continue;
    lines.push(`          ${rule.says}`);
    for (const violation of rule.violations) lines.push(`          ${violation.id}: ${violation.detail}`);
    if (rule.violated > rule.violations.length) lines.push(`          and ${rule.violated - rule.violations.length} more`);
  }
  lines.push(...flightText(report.inFlight));
  return lines.join('\n');
}

function flightText(inFlight: readonly InFlight[]): string[] {
  if (inFlight.length === 0) return ['in flight: nothing'];
  const groups = new Map<string, { count: number; oldest: number }>();
  for (const event of inFlight) {
    const name = `${event.from} → ${event.to} ${event.type} (${event.where})`;
    const group = groups.get(name) ?? { count: 0, oldest: 0 };
    groups.set(name, { count: group.count + 1, oldest: Math.max(group.oldest, event.ageSeconds) });
  }
  return ['in flight:', ...[...groups].map(([name, { count, oldest }]) => `          ${name}: ${count}, the oldest ${Math.round(oldest)} s`)];
}

/** For programs: rule → violations, and what is in flight. */
export function toJson(report: Report): object {
  return {
    invariants: Object.fromEntries(report.rules.map((rule) => [`${rule.where}: ${rule.name}`, rule.violated])),
    examined: Object.fromEntries(report.rules.map((rule) => [`${rule.where}: ${rule.name}`, rule.examined])),
    violations: report.rules.flatMap((rule) => rule.violations.map((violation) => ({ rule: rule.name, where: rule.where, ...violation }))),
    inFlight: report.inFlight.map(({ data: _, ...event }) => event),
  };
}
