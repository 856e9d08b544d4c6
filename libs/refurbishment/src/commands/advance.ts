import type { AdvanceContent, StepInput } from '../http/steps.schemas.js';

/** The step that does a check. */
export function stepOf(content: AdvanceContent): StepInput {
  switch (content.check) {
    case 'diagnosis': {
      const { check: _, ...diagnosis } = content;
      return { step: 'diagnose', ...diagnosis };
    }
    case 'erasure':
      return content.evidence ? { step: 'erase', ...content.evidence } : { step: 'declare-no-media' };
    case 'test':
      return { step: 'test', results: content.results };
    case 'grade':
      return { step: 'grade', adjustments: content.adjustments };
  }
}
