import { useTranslation } from 'react-i18next';
import { cameOf, type Lot, type Standing, stateOf } from './lot.js';

/** What became of a gift so far, in a sentence. */
export function useLotSentence(): (lot: Lot, standing: Standing) => string {
  const { t } = useTranslation('donor');
  return (lot, { delivered, recycled }) => {
    const came = cameOf(lot);
    const accepted = lot.declared - lot.declined;
    switch (stateOf(lot)) {
      case 'draft': return lot.declared === 0 ? t('lot.sentence.draftEmpty') : t('lot.sentence.draft', { count: lot.declared });
      case 'submitted': return t('lot.sentence.submitted', { count: lot.declared });
      case 'accepted': return lot.brought ? t('lot.sentence.toBring', { count: accepted }) : t('lot.sentence.toCollect', { count: accepted });
      case 'receiving': return lot.awaited === 0 && came > 0 ? t('lot.sentence.receivingAll', { count: came }) : t('lot.sentence.receiving', { count: came, all: came + lot.awaited });
      case 'declined': return t('lot.sentence.declined', { reason: lot.declineReason ?? '' });
      case 'cancelled': return t('lot.sentence.cancelled');
      default:
    }
    if (came === 0) return t('lot.sentence.nothingCame');
    const ended = lot.state === 'closed';
    if (delivered === 0) return ended ? t('lot.sentence.ended', { count: came, recycled }) : t('lot.sentence.received', { count: came });
    if (came === 1) return t('lot.sentence.foundOnly');
    return ended ? t('lot.sentence.foundAll', { count: delivered, all: came }) : t('lot.sentence.found', { count: delivered, all: came });
  };
}
