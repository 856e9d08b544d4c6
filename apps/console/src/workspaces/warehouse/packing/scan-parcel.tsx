import { Stack } from '@mantine/core';
import { Ban, Check } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dispatch } from '../../../api/clients.js';
import { Notice } from '../../../parts/notice.js';
import { useErrorText } from '../../../parts/use-error-text.js';
import { ScanField } from '../scanning/scan-field.js';
import { sound } from '../scanning/tones.js';
import type { Packed, Shipment } from './packing.js';

interface ScanParcelProps {
  readonly shipment: Shipment;
  readonly readAgain: () => Promise<void>;
}
type Last = { readonly scanned: string; readonly packed: Packed | null; readonly error: unknown };

/** What is scanned goes into the last open parcel; one is opened where there is none. */
export function ScanParcel({ shipment: { shipmentId, parcels }, readAgain }: ScanParcelProps) {
  const { t } = useTranslation('warehouse');
  const errorText = useErrorText();
  const [last, setLast] = useState<Last | null>(null);
  // One after the other: two scans at once must not open two parcels.
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const opened = useRef<string | null>(null);
  const parcelFor = async (): Promise<string> => {
    const known = parcels.findLast(({ state, parcelId }) => state === 'open' || parcelId === opened.current);
    if (known?.state === 'open') return known.parcelId;
    if (opened.current !== null && !known) return opened.current;
    const { data } = await dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/parcels', { params: { path: { shipmentId } } });
    opened.current = data?.parcels.at(-1)?.parcelId ?? null;
    return opened.current ?? '';
  };
  const pack = async (device: string) => {
    try {
      const parcelId = await parcelFor();
      const { data } = await dispatch.call.POST('/api/dispatch/shipments/{shipmentId}/parcels/{parcelId}/scans', { params: { path: { shipmentId, parcelId } }, body: { device, occurredAt: new Date().toISOString() } });
      sound(true);
      setLast({ scanned: device, packed: data ?? null, error: null });
    } catch (error) {
      sound(false);
      setLast({ scanned: device, packed: null, error });
    }
    await readAgain();
  };
  const scan = (device: string) => {
    turn.current = turn.current.then(() => pack(device));
  };
  return (
    <Stack gap="sm">
      <ScanField label={t('packing.scan')} hint={t('packing.scanHow')} onScan={scan} />
      {last?.packed && (
        <Notice state="done" icon={Check} title={t('packing.in', { label: last.packed.label ?? last.scanned, parcel: last.packed.parcel })} aloud>
          {last.packed.toPick > 0 ? t('packing.left', { count: last.packed.toPick }) : t('packing.allIn')}
        </Notice>
      )}
      {last && !last.packed && <Notice state="failed" icon={Ban} title={t('packing.refused', { label: last.scanned })} aloud>{errorText(last.error)}</Notice>}
    </Stack>
  );
}
