import type { ChecklistItem, Sheet } from '../scanning/steps.js';
import { figureIn } from './figure.js';
import type { StepBody } from './use-step.js';

export const VERDICTS = ['works', 'fails', 'not-applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];
export interface Result {
  readonly verdict: Verdict | '';
  readonly value: string;
}
export type TestDraft = Readonly<Record<string, Result>>;
export const NO_RESULT: Result = { verdict: '', value: '' };

/** As the sheet has them: of a test that failed, what failed is there to be looked at again. */
export function resultsOf({ testResults }: Pick<Sheet, 'testResults'>): TestDraft {
  return Object.fromEntries(Object.entries(testResults ?? {}).map(([code, { verdict, value }]) => [code, { verdict: VERDICTS.find((known) => known === verdict) ?? '', value: value === undefined ? '' : String(value) }]));
}

/** What an item still lacks: whether it works, or its value. */
export function lackOf(item: ChecklistItem, { verdict, value }: Result): 'verdict' | 'value' | null {
  if (verdict === '') return 'verdict';
  if (item.value === undefined || verdict === 'not-applicable') return null;
  if (value.trim() === '') return verdict === 'works' ? 'value' : null;
  if (item.value === 'text') return null;
  const percent = figureIn(value);
  return percent === null || Number.isNaN(percent) || percent > 100 ? 'value' : null;
}

/** Of a draft that lacks nothing. */
export function testBody(items: readonly ChecklistItem[], draft: TestDraft): StepBody {
  const results = items.map((item) => {
    const { verdict, value } = draft[item.code] ?? NO_RESULT;
    const given = item.value !== undefined && verdict !== 'not-applicable' && value.trim() !== '';
    return [item.code, { verdict, ...(given && { value: item.value === 'percent' ? figureIn(value) : value.trim() }) }];
  });
  return { step: 'test', results: Object.fromEntries(results) } as StepBody;
}
