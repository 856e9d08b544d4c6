import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../parts/empty-state.js';

export function PageMissing() {
  const { t } = useTranslation('shell');
  return <EmptyState level={1} icon={MapPinOff} title={t('missing.title')} text={t('missing.text')} action={<Anchor renderRoot={(props) => <Link to="/" {...props} />}>{t('missing.home')}</Anchor>} />;
}
