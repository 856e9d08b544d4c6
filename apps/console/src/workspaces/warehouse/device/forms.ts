import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { Sheet } from '../scanning/steps.js';
import type { StepAnswer } from './use-step.js';

export interface FormProps {
  readonly sheet: Sheet;
  /** `step`: what was sent; null answer: the sheet itself was corrected. */
  readonly onDone: (step: string, answer: StepAnswer | null) => void;
}

/** In the order of the benches. */
export const FORMS = ['diagnose', 'erase', 'test', 'grade', 'repair', 'aside', 'edit'] as const;
export type FormName = (typeof FORMS)[number];

/** Each is fetched when it is first shown. */
export const FORM_PARTS: Readonly<Record<FormName, LazyExoticComponent<ComponentType<FormProps>>>> = {
  diagnose: lazy(() => import('./diagnosis-form.js').then((part) => ({ default: part.DiagnosisForm }))),
  erase: lazy(() => import('./erasure-form.js').then((part) => ({ default: part.ErasureForm }))),
  test: lazy(() => import('./test-form.js').then((part) => ({ default: part.TestForm }))),
  grade: lazy(() => import('./grade-form.js').then((part) => ({ default: part.GradeForm }))),
  repair: lazy(() => import('./repair-form.js').then((part) => ({ default: part.RepairForm }))),
  aside: lazy(() => import('./aside-form.js').then((part) => ({ default: part.AsideForm }))),
  edit: lazy(() => import('./edit-form.js').then((part) => ({ default: part.EditForm }))),
};

const STEPS: Readonly<Record<Exclude<FormName, 'edit'>, readonly string[]>> = {
  diagnose: ['diagnose'], erase: ['erase'], test: ['test'], grade: ['grade'], repair: ['start-repair', 'finish-repair'], aside: ['block', 'unblock', 'reject', 'undo-rejection', 'find'],
};

/** Those that the device's state offers. */
export const formsOf = ({ steps }: Pick<Sheet, 'steps'>): FormName[] => FORMS.filter((form) => form === 'edit' || STEPS[form].some((step) => steps.includes(step)));

const OF_CHECK = { diagnosis: 'diagnose', erasure: 'erase', test: 'test', grade: 'grade' } as const;
const OF_STATE: Readonly<Partial<Record<Sheet['state'], FormName>>> = { repairing: 'repair', blocked: 'aside', rejected: 'aside', lost: 'aside' };

/** The one to begin with: the bench it waits at, or what ends what holds it. */
export const nextForm = ({ next, state }: Pick<Sheet, 'next' | 'state'>): FormName => (next === null ? (OF_STATE[state] ?? 'edit') : OF_CHECK[next]);
