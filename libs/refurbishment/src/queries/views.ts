import { fill } from '@lacollecte/http';
import type { DomainError, ProblemCatalogue } from '@lacollecte/contracts';
import type { z } from 'zod';
import type { Answer } from '../commands/take-steps.js';
import { checksOf, type Device, firstOpenCheck } from '../domain/device.js';
import type { BulkAnswer, DeviceView, ProblemView, StepAnswer } from '../http/views.schemas.js';

export function deviceView(device: Device): z.output<typeof DeviceView> {
  const { id, version, state, label, category, maker, model, lotId, siteId } = device;
  return { id, version, state, label, category, maker, model, lotId, siteId, checks: checksOf(device), next: firstOpenCheck(device), grade: device.grading?.grade ?? null };
}

export function stepAnswer(answer: Exclude<Answer, { outcome: 'refused' }>): z.output<typeof StepAnswer> {
  return { ...deviceView(answer.device), outcome: answer.outcome, evidenceId: answer.outcome === 'review' ? answer.evidenceId : null };
}

/** A refusal among answers that are none, in both languages. */
export function problemView(error: DomainError, problems: ProblemCatalogue): z.output<typeof ProblemView> {
  const { fr, en } = problems[error.code] ?? { fr: error.code, en: error.code };
  return {
    code: error.code, title: { fr: fill(fr, error.params, 'fr'), en: fill(en, error.params, 'en') }, params: { ...error.params },
    errors: error.fields.map(({ pointer, code }) => ({ pointer, code })),
  };
}

export function bulkAnswer(answers: readonly Answer[], problems: ProblemCatalogue): z.output<typeof BulkAnswer> {
  const count = (outcome: Answer['outcome']): number => answers.filter((answer) => answer.outcome === outcome).length;
  return {
    done: count('done'), repeated: count('repeated'), review: count('review'), refused: count('refused'),
    items: answers.map((answer) => ({
      label: answer.label, outcome: answer.outcome,
      device: answer.outcome === 'refused' ? null : deviceView(answer.device),
      evidenceId: answer.outcome === 'review' ? answer.evidenceId : null,
      problem: answer.outcome === 'refused' ? problemView(answer.error, problems) : null, taskId: null,
    })),
  };
}
