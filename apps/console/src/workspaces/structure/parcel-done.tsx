import { Button, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import classes from './card.module.css';
import { type Parcel, RETURN, type Shipment } from './states.js';
import { structure } from './workspace.js';

const STATES = { open: 'active', packed: 'active', 'handed-over': 'active', delivered: 'done', failed: 'failed', returned: 'left', cancelled: 'left' } as const;

/** A parcel that is being packed, came, or did not; what came can be reported broken. */
export function ParcelDone({ shipment, parcel: { parcelId, number, state, devices, deliveredAt, failedAt, failure } }: { readonly shipment: Shipment; readonly parcel: Parcel }) {
  const { t } = useTranslation(structure.name);
  const inside = shipment.devices.filter((device) => device.parcelId === parcelId && device.state === 'packed');
  return (
    <section className={classes.card} aria-label={t('parcel.title', { number })}>
      <div className={classes.head}>
        <Title order={2}>{t('parcel.title', { number })}</Title>
        <StateChip state={STATES[state]} label={t(`parcelStates.${state}`)} />
      </div>
      <Text size="sm" c="dimmed">
        {t('deliveries.devices', { count: devices })}
        {deliveredAt !== null && <> · {t('parcel.deliveredAt')} <When at={deliveredAt} /></>}
        {deliveredAt === null && failedAt !== null && <> · {t('parcel.failedAt')} <When at={failedAt} />{failure !== null && <> · {t(`failures.${failure as 'refused'}`)}</>}</>}
      </Text>
      {state === 'delivered' && (
        <ul className={classes.list} style={{ marginTop: '0.75rem', gap: '0.4rem' }}>
          {inside.map(({ deviceId, label, returnState }) => (
            <li key={deviceId} className={classes.head} style={{ marginBottom: 0, alignItems: 'center' }}>
              <Text ff="monospace">{label ?? deviceId}</Text>
              {returnState !== null && <StateChip size="sm" state={RETURN[returnState]} label={t(`returnStates.${returnState}`)} />}
              {returnState === null && (
                <Button size="xs" variant="default" aria-label={t('parcel.brokenOne', { label: label ?? deviceId })} renderRoot={(props) => <Link to="/structure/returns" search={{ device: label ?? deviceId }} {...props} />}>{t('parcel.broken')}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
