import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from '../../api/store.js';
import { Notice } from '../../parts/notice.js';

interface Outcome {
  readonly did: 'redrive' | 'discard';
  readonly applied: number;
  /** Still parked. */
  readonly left: number;
  /** Why one failed again. */
  readonly errors: readonly string[];
}

/** What came of what was last done to parked events. */
export const outcome = createStore<Outcome | null>(null);

export function OutcomeNotice() {
  const { t } = useTranslation('operations');
  const last = useStore(outcome);
  if (last === null) return null;
  if (last.did === 'discard') return <Notice state="left" icon={CircleCheck} title={t('outcome.discarded')} aloud />;
  const failed = last.errors.length > 0;
  return (
    <Notice state={failed ? 'failed' : 'done'} icon={failed ? TriangleAlert : CircleCheck} title={t('outcome.applied', { count: last.applied })} aloud>
      {last.left > 0 && <div>{t('outcome.left', { count: last.left })}</div>}
      {[...new Set(last.errors)].slice(0, 5).map((error) => <div key={error}>{error}</div>)}
    </Notice>
  );
}
