import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../parts/empty-state.js';

/** For an account without a role that has pages here. */
export function NoWorkspace() {
  const { t } = useTranslation('shell');
  return <EmptyState level={1} icon={DoorClosed} title={t('noWorkspace.title')} text={t('noWorkspace.text')} />;
}
