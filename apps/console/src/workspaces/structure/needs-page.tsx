import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';

export function NeedsPage() {
  const { t } = useTranslation('structure');
  return <Page title={t('nav.needs')} />;
}
