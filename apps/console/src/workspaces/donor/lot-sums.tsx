import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import { cameOf, type Lot } from './lot.js';
import classes from './lot-sums.module.css';

/** What was announced against what came: how the one becomes the other, line by line. */
export function LotSums({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('donor');
  const rows = [
    { key: 'declared', label: t('lot.sums.declared'), count: lot.declared, always: true },
    { key: 'declined', label: t('lot.sums.declined'), count: -lot.declined },
    { key: 'awaited', label: t('lot.sums.awaited'), count: -lot.awaited },
    { key: 'refused', label: t('lot.sums.refused'), count: -lot.refused },
    { key: 'missing', label: t('lot.sums.missing'), count: -lot.missing },
    { key: 'unexpected', label: t('lot.sums.unexpected'), count: lot.unexpected },
    { key: 'came', label: t('lot.sums.came'), count: cameOf(lot), always: true },
  ].filter(({ count, always }) => always || count !== 0);
  return (
    <table className={classes.sums} aria-label={t('lot.sums.title')}>
      <tbody>
        {rows.map(({ key, label, count, always }) => (
          <tr key={key} data-total={always}>
            <th scope="row">{label}</th>
            <td>{!always && count > 0 && '+ '}{count < 0 && '− '}<Quantity value={Math.abs(count)} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
