import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../parts/empty-state.js';

/** For who opens a workspace that their roles do not let them into. */
export function NotYours() {
  const { t } = useTranslation('shell');
  return <EmptyState level={1} icon={Lock} title={t('notYours.title')} text={t('notYours.text')} />;
}
