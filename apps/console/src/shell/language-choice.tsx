import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type Language, LANGUAGES } from '../i18n/i18n.js';

const NAMES: Record<Language, string> = { fr: 'Français', en: 'English' };

/** What services answer is in a language too, so it is asked for again. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation('shell');
  const queries = useQueryClient();
  const choose = async (to: string) => {
    await changeLanguage(to as Language);
    await queries.invalidateQueries();
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('frame.language')}
      value={i18n.language}
      onChange={(to) => void choose(to)}
      data={LANGUAGES.map((language) => ({ value: language, label: <span lang={language} title={NAMES[language]}>{language.toUpperCase()}</span> }))}
    />
  );
}
