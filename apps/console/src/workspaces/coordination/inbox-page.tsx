import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';

export function InboxPage() {
  const { t } = useTranslation('coordination');
  return <Page title={t('nav.inbox')} />;
}
