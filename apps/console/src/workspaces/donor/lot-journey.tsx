import { useTranslation } from 'react-i18next';
import { JourneyBar } from '../../parts/journey-bar.js';
import type { Lot, Standing } from './lot.js';

/** A gift's way as a bar: each device is counted once, where it is now. */
export function LotJourney({ lot, standing }: { readonly lot: Lot; readonly standing: Standing }) {
  const { t } = useTranslation('donor');
  const { received, erased, ready, delivered, recycled, other } = standing;
  const steps = [
    { key: 'awaited', label: t('lot.steps.awaited'), count: lot.awaited, state: 'waiting' },
    { key: 'received', label: t('lot.steps.received'), count: received, state: 'waiting' },
    { key: 'erased', label: t('lot.steps.erased'), count: erased, state: 'active' },
    { key: 'ready', label: t('lot.steps.ready'), count: ready, state: 'active' },
    { key: 'delivered', label: t('lot.steps.delivered'), count: delivered, state: 'done' },
    { key: 'recycled', label: t('lot.steps.recycled'), count: recycled, state: 'left' },
    { key: 'other', label: t('lot.steps.other'), count: other, state: 'left' },
  ] as const;
  // What has no place in this gift is not worth a word; the steps of every gift are, so that one learns them.
  return <JourneyBar label={t('lot.journey')} steps={steps.filter(({ key, count }) => count > 0 || (key !== 'awaited' && key !== 'other'))} />;
}
