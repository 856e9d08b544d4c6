import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';

export function StationPage() {
  const { t } = useTranslation('warehouse');
  return <Page title={t('nav.station')} />;
}
