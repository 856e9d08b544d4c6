import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';

export function LotsPage() {
  const { t } = useTranslation('donor');
  return <Page title={t('nav.lots')} />;
}
