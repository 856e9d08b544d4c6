import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { canUndo, type Sheet } from '../scanning/steps.js';
import { useStepText } from '../scanning/use-step-text.js';
import { useReadAgain } from './use-step.js';

/** Takes the last step back, where nobody has acted on it. */
export function UndoStep({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useTranslation('warehouse');
  const stepText = useStepText();
  const readAgain = useReadAgain();
  const last = sheet.history.find(({ undoneAt, step }) => undoneAt === null && step !== 'undo');
  if (!last || !canUndo(last.step, sheet)) return null;
  const undo = async () => {
    await refurbishment.call.POST('/api/refurbishment/devices/{identifier}/steps', { params: { path: { identifier: sheet.id } }, body: { step: 'undo' } });
    await readAgain();
  };
  return <div><ConfirmAction label={t('station.undo')} question={t('device.undoQuestion', { step: stepText(last.step) })} consequence={t('device.undoHow')} act={undo} button={{ variant: 'default', size: 'xs' }} /></div>;
}
