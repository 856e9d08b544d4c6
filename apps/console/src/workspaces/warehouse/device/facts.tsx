import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import type { Sheet } from '../scanning/steps.js';
import classes from './device.module.css';

/** What is known of it; what is not is left out. */
export function Facts({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useTranslation('warehouse');
  const { data: lot } = intake.useQuery('get', '/api/intake/lots/{lotId}', { params: { path: { lotId: sheet.lotId } } }, { staleTime: Number.POSITIVE_INFINITY, retry: false });
  const { serial, imei, assetTag, hardware, aliases } = sheet;
  const number = (value: number | null | undefined, say: (size: number) => string) => (value === null || value === undefined ? null : say(value));
  const gigabytes = (size: number) => t('device.gigabytes', { size });
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('device.lot'), lot?.title], [t('device.sheet.serial'), serial], [t('device.sheet.imei'), imei], [t('device.sheet.assetTag'), assetTag], [t('device.aliases'), aliases.join(', ') || null],
    [t('device.cpu'), hardware?.cpu], [t('device.figures.cpuMark'), number(hardware?.cpuMark, String)], [t('device.memory'), number(hardware?.ramGb, gigabytes)], [t('device.storage'), number(hardware?.storageGb, gigabytes)],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== undefined);
  if (known.length === 0) return null;
  return <dl className={classes.facts}>{known.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
