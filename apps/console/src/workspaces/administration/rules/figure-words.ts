import { useTranslation } from 'react-i18next';
import type { Figure } from './use-figures.js';

export interface FigureWords {
  readonly name: string;
  readonly text: string;
  /** `7 jours`. */
  readonly say: (value: unknown) => string;
  /** After the number, in its field. */
  readonly unit: string;
  readonly source: string;
  readonly share: boolean;
}

/** Parts of a whole, said and typed in per cent. */
const SHARES = new Set(['matching.reserveShare', 'matching.transportCap']);

/** What a figure is, in this language; one that has no words here is said as its service does. */
export function useFigureWords(): (figure: Figure) => FigureWords {
  const { t, i18n } = useTranslation('administration');
  const has = (key: string) => i18n.exists(key, { ns: 'administration' });
  return ({ service, name, description }) => {
    const of = `${service}.${name}`;
    const share = SHARES.has(of);
    const say = (key: string, otherwise: string) => (has(key) ? t(key as 'form.save') : otherwise);
    const unitOf = (count: number) => {
      if (share) return '%';
      const key = `figure.${service}.${name}.unit`;
      return has(`${key}_other`) ? t(key as 'form.refused', { count }) : say(key, '');
    };
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6 });
    return {
      share,
      name: say(`figure.${service}.${name}.name`, name),
      text: say(`figure.${service}.${name}.text`, description),
      unit: unitOf(2),
      source: say(`figure.${service}.${name}.source`, t('sources.own')),
      say: (value) => {
        const shown = share ? Number(value) * 100 : Number(value);
        return typeof value === 'number' ? `${number.format(shown)} ${unitOf(shown)}`.trim() : JSON.stringify(value);
      },
    };
  };
}
