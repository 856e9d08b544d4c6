import { useTranslation } from 'react-i18next';
import { CHOICES } from './steps.js';

/** A step as people say it; one that this page does not know is shown by its name. */
export function useStepText(): (step: string | null) => string {
  const { t } = useTranslation('warehouse');
  return (step) => {
    if (step === 'undo') return t('station.undo');
    const choice = CHOICES.find((known) => known === step);
    return choice === undefined ? (step ?? t('station.noStep')) : t(`series.steps.${choice}`);
  };
}
