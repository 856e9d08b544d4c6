import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = 'lacollecte.language';
type Texts = { readonly [key: string]: string | Texts };
const files = import.meta.glob<{ default: Texts }>('./{fr,en}/*.json');

/** Each namespace is a file of its own, fetched when first asked for. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const file = files[`./${language}/${namespace}.json`];
    if (!file) return done(new Error(`no texts: ${language}/${namespace}`), null);
    file().then((texts) => done(null, language === 'fr' ? withMany(texts.default) : texts.default), (error: Error) => done(error, null));
  },
};

/** French has a plural of its own for round millions, which reads as the other one does. */
function withMany(texts: Texts): Texts {
  const entries = Object.entries(texts).flatMap(([key, text]): [string, string | Texts][] => {
    if (typeof text !== 'string') return [[key, withMany(text)]];
    return key.endsWith('_other') ? [[key, text], [key.replace(/_other$/, '_many'), text]] : [[key, text]];
  });
  return Object.fromEntries(entries);
}

export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(backend).use(initReactI18next).init({
    lng: keptLanguage(), supportedLngs: LANGUAGES, fallbackLng: false, ns: ['shell', 'parts'], defaultNS: 'shell', interpolation: { escapeValue: false }, returnNull: false,
  });
}

/** What this browser was last set to, else what it prefers, else French. */
function keptLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find((language): language is Language => LANGUAGES.some((known) => known === language)) ?? 'fr';
}

/** The one that is shown, or is about to be. */
export function language(): Language {
  return (i18next.language as Language | undefined) ?? keptLanguage();
}

export async function changeLanguage(to: Language): Promise<void> {
  localStorage.setItem(KEPT, to);
  await i18next.changeLanguage(to);
}

export const loadTexts = (namespace: string): Promise<void> => i18next.loadNamespaces(namespace);
