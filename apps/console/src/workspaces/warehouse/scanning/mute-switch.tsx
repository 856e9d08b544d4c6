import { Switch } from '@mantine/core';
import { Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store.js';
import { mute, muted } from './tones.js';

export function MuteSwitch() {
  const { t } = useTranslation('warehouse');
  const quiet = useStore(muted);
  return <Switch label={t('series.sound')} checked={!quiet} onChange={(event) => mute(!event.currentTarget.checked)} thumbIcon={quiet ? <VolumeX size={12} color="var(--mantine-color-dark-7)" aria-hidden /> : <Volume2 size={12} color="var(--mantine-color-accent-6)" aria-hidden />} />;
}
