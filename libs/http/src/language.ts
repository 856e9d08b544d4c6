import type { z } from 'zod';
import { locales } from 'zod';

export type Language = 'fr' | 'en';

/** The language of an answer, from Accept-Language: French, unless the client prefers English. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').flatMap((part) => {
    const [, language, weight = '1'] = /^\s*(fr|en)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(part) ?? [];
    return language && Number(weight) > 0 ? [{ language: language.toLowerCase() as Language, weight: Number(weight) }] : [];
  });
  // The sort is stable: of two wanted alike, the first one named.
  return wanted.sort((a, b) => b.weight - a.weight)[0]?.language ?? 'fr';
}

const MESSAGES: Record<Language, z.core.$ZodErrorMap> = { fr: locales.fr().localeError, en: locales.en().localeError };

/** What zod says of a refused value, given for each parse: no language is set for the whole process. */
export function validationMessages(language: Language): z.core.$ZodErrorMap {
  return MESSAGES[language];
}
