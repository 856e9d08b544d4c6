import type { Outcome } from './demo.js';
import { PLACES } from './places.js';
import { exitCode, type Told, toJson, toText, violations } from './report.js';

const counts = { ...Object.fromEntries(PLACES.map((place) => [place, 0])), delivered: 8, recycled: 2, missing: 1 } as Outcome['where']['counts'];
const line = { lineId: 'l', reason: 'Demonstration', asked: 12, open: 4, allocated: 0, shipped: 0, delivered: 8, cancelled: 0 };
const round = {
  roundId: 'r', state: 'solved' as const, trigger: 'urgent', allocations: 3, devices: 8, solver: 'highs 1', seconds: 0.1,
  figures: {
    lines: 1, devices: 8, fillByUrgency: [{ urgency: 4, asked: 12, served: 8, fill: 0.6667 }], leastFill: 0.5, jain: 0.9, unserved: [{ limit: 'stock', lines: 1, units: 4 }],
    kilometres: 100, deviceKilometres: 800,
  },
};
const lot = { id: 'lot', version: 1, state: 'received', siteId: 's', declared: 11, declined: 0, received: 10, refused: 0, missing: 1, awaited: 0, unexpected: 0, outcomes: {} };
const outcome: Outcome = {
  lot, where: { counts, devices: [], unclear: [] }, structures: 30, rounds: [round, { ...round, devices: 1 }], invariants: { 'lot sums': [], 'cells add up': [] },
  needs: [{ needId: 'n', version: 1, state: 'partly-allocated', structureId: 'x', lines: [line] }],
};
const refused = [{ line: 3, column: 'Type', value: 'Grille-pain', reason: 'unknown-category', text: 'unknown category' }];
const told: Told = {
  manifest: { rows: 12, accepted: 11, refused, problem: null }, outcome, check: { invariants: { 'intake: lot-sums': 0 }, exitCode: 0, notes: '' }, seconds: { total: 3 },
};

it('tells programs what was agreed, and no more', () => {
  const json = toJson(told) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(['manifest', 'devices', 'needs', 'round', 'invariants', 'seconds']);
  expect(json).toMatchObject({
    manifest: { rows: 12, accepted: 11, refused: [{ line: 3, column: 'Type', value: 'Grille-pain', reason: 'unknown-category' }] },
    devices: counts, needs: { needs: 1, asked: 12, delivered: 8, open: 4, fulfilled: 0 }, round: { devices: 8, jain: 0.9, leastFill: 0.5, further: [{ devices: 1 }] },
    invariants: { 'api: lot sums': 0, 'api: cells add up': 0, 'intake: lot-sums': 0 },
  });
});

it('tells people the same', () => {
  const text = toText(told);
  expect(text).toContain('line 3, Type: unknown category (“Grille-pain”)');
  expect(text).toMatch(/= devices here +10\n/);
  expect(text).toMatch(/delivered +8\n/);
  expect(text).toContain('urgency 4: 8 of 12 (67 %)');
  expect(text).toContain('All 3 invariants hold');
});

describe('the exit status', () => {
  it('is 0 where all holds', () => expect(exitCode(told)).toBe(0));
  it('is 1 where the API shows a violation', () => {
    const broken = { ...told, outcome: { ...outcome, invariants: { 'lot sums': ['1 = 2'] } } };
    expect([exitCode(broken), violations(broken)['api: lot sums']]).toEqual([1, 1]);
    expect(toText(broken)).toContain('lot sums: 1 = 2');
  });
  it('is 1 where the databases have one, or something is parked', () => {
    expect(exitCode({ ...told, check: { invariants: { x: 2 }, exitCode: 1, notes: '' } })).toBe(1);
    expect(exitCode({ ...told, check: { invariants: { x: 0 }, exitCode: 2, notes: 'parked' } })).toBe(1);
  });
  it('is 2 where no row could be accepted', () => {
    const none = { ...told, outcome: null, check: null };
    expect([exitCode(none), (toJson(none) as { devices: unknown }).devices]).toEqual([2, null]);
  });
});
