import type { InFlight } from './flow-rules.js';
import { exitCode, type Report, toJson, toText } from './report.js';
import { result } from './rule.js';

const good = result('intake', 'lot-sums', 'Sums add up.', 1_200, []);
const bad = result('intake', 'line-sums', 'Lines add up.', 3, Array.from({ length: 21 }, (_, i) => ({ id: `${i}`, detail: 'does not' })));
const empty = result('intake', 'pickups', 'Nothing.', 0, []);
const event = (where: InFlight['where'], ageSeconds: number): InFlight => ({
  id: 'e', type: 'tech.lacollecte.intake.device-received.v1', key: 'k', from: 'intake', to: 'refurbishment', where, ageSeconds,
});
const report = (rules: Report['rules'], ...inFlight: InFlight[]): Report => ({ rules, inFlight });

it.each([
  [0, report([good]), false],
  [0, report([good], event('unread', 60), event('unmarked', 1)), false],
  [1, report([good, bad]), true],
  [1, report([good, empty]), false],
  [0, report([good, empty]), true],
  [1, report([good], event('unread', 61)), true],
  [1, report([good], event('unmarked', 61), event('parked', 61)), true],
  [2, report([good], event('parked', 61)), true],
])('ends with %i', (status, of, allowEmpty) => {
  expect(exitCode(of, allowEmpty)).toBe(status);
  expect(toJson(of, allowEmpty)).toMatchObject({ exitCode: status });
});

it('shows each rule with what it examined, the violations it can, what is in flight, and the verdict', () => {
  const text = toText(report([good, bad, empty], event('unread', 70), event('unread', 3), event('parked', 9)), false);
  expect(text).toContain('ok       lot-sums   1,200 examined');
  expect(text).toContain('VIOLATED line-sums      3 examined, 21 violations\n           Lines add up.\n           0: does not');
  expect(text).toContain('and 1 more');
  expect(text).toContain('EMPTY    pickups        0 examined');
  expect(text).toContain('LATE     unread intake → refurbishment  device-received.v1: 2 events, the oldest 70 seconds');
  expect(text).toContain('PARKED   parked intake → refurbishment  device-received.v1: 1 event, the oldest 9 seconds');
  expect(text.split('\n').at(-1)).toBe(
    '1 of 3 rules violated; 1 rule had nothing to examine (--allow-empty accepts that); 1 event in flight for more than 60 seconds; 1 event parked: look at /api/{service}/parked',
  );
});

it('says what events in flight excuse', () => {
  expect(toText(report([result('all services', 'place', 'One place.', 2, [], 1)]), false)).toContain('ok       place  2 examined, 1 excused by events in flight');
});
