import { useTranslation } from 'react-i18next';
import { language } from '../../i18n/i18n.js';
import { sayIn } from '../../parts/say-department.js';

interface Destination {
  readonly kind: string;
  readonly department: string | null;
}

const KINDS = ['association', 'public-body', 'company'] as const;

/** `une association en Seine-Saint-Denis`: a kind of structure and where, never which. */
export function useSayWhere(): (destination: Destination, devices?: number) => string {
  const { t } = useTranslation('donor');
  return ({ kind, department }, devices = 1) => {
    const known = KINDS.find((one) => one === kind);
    const what = known ? t(`device.structures.${known}`, { count: devices }) : t('device.structures.other', { count: devices });
    return department === null ? what : `${what} ${sayIn(department, language())}`;
  };
}
