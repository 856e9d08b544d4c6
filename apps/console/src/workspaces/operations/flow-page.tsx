import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';

export function FlowPage() {
  const { t } = useTranslation('operations');
  return <Page title={t('nav.flow')} />;
}
