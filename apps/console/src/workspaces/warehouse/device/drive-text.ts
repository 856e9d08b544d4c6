import { useTranslation } from 'react-i18next';
import type { Drive } from './erasure.js';

/** A drive as people tell it from others: kind, size, serial. */
export function useDriveText(): (drive: Drive) => string {
  const { t } = useTranslation('warehouse');
  return ({ kind, sizeGb, serial }) => [kind === 'internal' ? t('device.internal') : t(`series.drives.${kind}`), t('device.gigabytes', { size: sizeGb }), serial ?? t('device.noSerial')].join(' · ');
}
