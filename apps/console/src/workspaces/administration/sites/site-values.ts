import { useTranslation } from 'react-i18next';
import { binsOf } from './bins.js';
import type { Site } from './use-sites.js';

export interface SiteValues {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly weeklyCapacity: number | string;
  /** As they are typed. */
  readonly bins: string;
}

export const EMPTY_SITE: SiteValues = { name: '', street: '', postalCode: '', city: '', weeklyCapacity: '', bins: '' };

const MOST_BINS = 2000;
const LONGEST_BIN = 20;

export const valuesOf = ({ name, street, postalCode, city, weeklyCapacity, bins }: Site): SiteValues => ({ name, street, postalCode, city, weeklyCapacity, bins: bins.join(' ') });

export const bodyOf = ({ weeklyCapacity, bins, ...rest }: SiteValues) => ({ ...rest, weeklyCapacity: Number(weeklyCapacity), bins: binsOf(bins) });

export function useSiteCheck(): (values: SiteValues) => Record<string, string | false | undefined> {
  const { t } = useTranslation('administration');
  return ({ name, street, postalCode, city, weeklyCapacity, bins }) => {
    const codes = binsOf(bins);
    const twice = codes.find((code, i) => codes.indexOf(code) < i);
    const long = codes.find((code) => code.length > LONGEST_BIN);
    return {
      name: name.trim() === '' && t('refused.name'),
      street: street.trim() === '' && t('refused.street'),
      postalCode: !/^\d{5}$/.test(postalCode) && t('refused.postalCode'),
      city: city.trim() === '' && t('refused.city'),
      weeklyCapacity: (weeklyCapacity === '' || !Number.isInteger(Number(weeklyCapacity)) || Number(weeklyCapacity) < 0) && t('refused.capacity'),
      bins: (twice !== undefined && t('refused.binTwice', { bin: twice })) || (long !== undefined && t('refused.binLong', { bin: long, most: LONGEST_BIN })) || (codes.length > MOST_BINS && t('refused.bins', { most: MOST_BINS })),
    };
  };
}
