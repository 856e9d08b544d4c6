import { useTranslation } from 'react-i18next';
import { StateChip } from '../../../parts/state-chip.js';
import { Day } from '../rules/day.js';
import { useNow } from '../../../parts/use-now.js';

/** The day on which a structure's approval ends; one that has passed says so. */
export function ApprovedUntil({ at }: { readonly at: string }) {
  const { t } = useTranslation('administration');
  const over = new Date(at) < useNow();
  return over ? <StateChip size="sm" state="failed" label={t('organisations.over')} /> : <Day at={at} />;
}
