import type { Category } from '@lacollecte/contracts';
import { type PlannedNeed, planNeeds, structuresFor } from './needs.js';

const READY = new Map<Category, number>([['laptop', 150], ['monitor', 20], ['smartphone', 17]]);
const thirty = (limit: number | null = null): (number | null)[] => [8, 6, ...Array.from({ length: 28 }, () => limit)];
const asked = (needs: readonly PlannedNeed[], fits: (line: PlannedNeed['lines'][number]) => boolean = () => true): number =>
  needs.flatMap(({ lines }) => lines).filter(fits).reduce((sum, { quantity }) => sum + quantity, 0);

describe('needs', () => {
  it('ask for 1.2 × what is ready, each kind for its part', () => {
    const needs = planNeeds(READY, thirty(), 1);
    expect(asked(needs)).toBe(Math.round(187 * 1.2));
    expect(asked(needs, ({ category }) => category === 'laptop')).toBe(180);
  });

  it('are those of thirty structures, whatever the seed', () => {
    for (let seed = 1; seed <= 50; seed++) expect(planNeeds(READY, thirty(), seed)).toHaveLength(30);
  });

  it('are the same with the same seed, others with another', () => {
    expect(planNeeds(READY, thirty(), 1)).toEqual(planNeeds(READY, thirty(), 1));
    expect(planNeeds(READY, thirty(), 1)).not.toEqual(planNeeds(READY, thirty(), 2));
  });

  it('have one urgent one, last, of more than the reserve that only it may have', () => {
    const needs = planNeeds(READY, thirty(), 1);
    expect(needs.map(({ urgent }) => urgent)).toEqual([...Array.from({ length: 29 }, () => false), true]);
    expect(needs.at(-1)!.lines.every(({ urgency, minGrade }) => urgency === 4 && minGrade === 'C')).toBe(true);
    for (const [category, count] of READY) expect(asked([needs.at(-1)!], (line) => line.category === category)).toBeGreaterThan(Math.floor(count / 10));
    expect(asked(needs.slice(0, -1), ({ urgency }) => urgency === 4)).toBe(0);
  });

  it('leave enough that takes the lowest grade, so that nothing stays for want of takers', () => {
    for (const seed of [1, 2, 3]) expect(asked(planNeeds(READY, thirty(), seed), ({ minGrade }) => minGrade === 'C')).toBeGreaterThan(187 * 0.6);
  });

  it('keep to what a structure may ask for and to what a line may hold', () => {
    const needs = planNeeds(new Map([['laptop', 9_000]]), thirty(), 1);
    expect(asked([needs[0]!])).toBe(8);
    expect(asked([needs[1]!])).toBe(6);
    expect(needs.flatMap(({ lines }) => lines).every(({ quantity }) => quantity >= 1 && quantity <= 500)).toBe(true);
  });

  it('are few of large structures and many of small ones', () => {
    const sizes = planNeeds(new Map([['laptop', 2_000]]), thirty(), 1).filter(({ urgent }) => !urgent).map((need) => asked([need])).toSorted((a, b) => a - b);
    expect(sizes.at(-1)!).toBeGreaterThan(2 * sizes[Math.floor(sizes.length / 2)]!);
  });

  it('are none where nothing is ready', () => expect(planNeeds(new Map(), thirty(), 1)).toEqual([]));

  it('come from more structures for a longer list', () => expect([0, 187, 2_400, 50_000].map(structuresFor)).toEqual([30, 30, 40, 60]));
});
