import { useTranslation } from 'react-i18next';

/** What rule sets ask of a device, in words; what a later set asks for and has no words here is said by its name. */
export function useSchemeWords() {
  const { t, i18n } = useTranslation('administration');
  const say = (key: string, otherwise: string) => (i18n.exists(key, { ns: 'administration' }) ? t(key as 'form.save') : otherwise);
  return {
    input: (name: string) => say(`inputs.${name}`, name),
    fact: (fact: string | number) => (typeof fact === 'number' ? new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' }).format(fact) : say(`drives.${fact}`, fact)),
    number: (value: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(value),
    among: (facts: readonly string[]) => new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(facts),
    grade: (grade: string) => say(`grades.${grade}`, grade),
  };
}
