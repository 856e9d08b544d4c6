import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { CATEGORIES } from '../scanning/steps.js';
import classes from './packing.module.css';
import type { Shipment } from './packing.js';
import { TakeOut } from './take-out.js';

const REFRESH_MS = 5_000;

interface ToPickProps {
  readonly shipment: Shipment;
  readonly readAgain: () => Promise<void>;
}

/** What is still to be fetched, from bin to bin; and what lies in a parcel that must not leave. */
export function ToPick({ shipment, readAgain }: ToPickProps) {
  const { t } = useTranslation('warehouse');
  const { shipmentId } = shipment;
  const { data, error, refetch } = dispatch.useQuery('get', '/api/dispatch/shipments/{shipmentId}/pick-list', { params: { path: { shipmentId } } }, { refetchInterval: REFRESH_MS });
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} shape={[20, 30, 30]} />;
  const kindOf = (category: string) => {
    const known = CATEGORIES.find((one) => one === category);
    return known ? t(`station.kinds.${known}`) : category;
  };
  const missing = (label: string) => async () => {
    await dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/missing', { params: { path: { shipmentId } }, body: { device: label } }).finally(readAgain);
  };
  return (
    <>
      {data.toTakeOut.length > 0 && <TakeOut shipment={shipment} devices={data.toTakeOut} />}
      <section aria-labelledby="to-pick">
        <Title order={2} id="to-pick" mb="xs">{t('packing.list')}</Title>
        {data.awaited > 0 && <Text size="sm" c="dimmed" mb="xs">{t('packing.awaited', { count: data.awaited })}</Text>}
        {data.replacements.length > 0 && <Text size="sm" c="dimmed" mb="xs">{t('packing.replacing', { count: data.replacements.length })}</Text>}
        {data.toPick.length === 0 && data.awaited === 0 && <Text c="dimmed">{t('packing.listNone')}</Text>}
        {data.toPick.length > 0 && (
          <ol className={classes.rows} aria-label={t('packing.list')}>
            {data.toPick.map(({ deviceId, bin, label, category, grade }) => (
              <li key={deviceId} className={classes.row}>
                <span className={classes.bin}>{bin ?? t('packing.noBin')}</span>
                <b>{label ?? '…'}</b>
                <span className={classes.what}>{t('packing.of', { kind: kindOf(category), grade })}</span>
                {label !== null && <ConfirmAction label={t('packing.missing')} name={t('packing.missingOf', { label })} question={t('packing.missingQuestion', { label })} consequence={t('packing.missingHow')} act={missing(label)} button={{ variant: 'default', size: 'xs' }} />}
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
}
