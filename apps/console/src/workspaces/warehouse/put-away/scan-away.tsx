import { canonicalLabel } from '@lacollecte/contracts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { Ban, Check } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory, inventory } from '../../../api/clients.js';
import { isPassing, Problem } from '../../../api/problem.js';
import { Notice } from '../../../parts/notice.js';
import { useErrorText } from '../../../parts/use-error-text.js';
import classes from '../reception/reception.module.css';
import { ScanField } from '../scanning/scan-field.js';
import { sound } from '../scanning/tones.js';
import { useChange } from '../site/use-change.js';

/** `label` null: a bin was scanned with nothing in hand. */
type Last = { readonly label: string | null; readonly bin: string; readonly error: unknown };

/** Scans a device, then the bin it is put into; a bin that is refused leaves the device in hand. */
export function ScanAway({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation('warehouse');
  const errorText = useErrorText();
  const { readAgain } = useChange('inventory');
  const { data: sites = [] } = directory.useQuery('get', '/api/directory/sites', {}, { staleTime: Number.POSITIVE_INFINITY });
  const [last, setLast] = useState<Last | null>(null);
  const [shown, show] = useState<string | null>(null);
  // Two scans may come between two drawings.
  const inHand = useRef<string | null>(null);
  const hold = (label: string | null) => {
    inHand.current = label;
    show(label);
  };
  const put = async (label: string, bin: string) => {
    try {
      await inventory.call.POST('/api/inventory/items/put-away', { body: { label, bin } });
      sound(true);
      setLast({ label, bin, error: null });
    } catch (error) {
      sound(false);
      setLast({ label, bin, error });
      const otherBin = error instanceof Problem && error.code === 'bin-unknown';
      if (inHand.current === null && (otherBin || isPassing(error))) hold(label);
    }
    await readAgain();
  };
  const scan = (text: string) => {
    const label = canonicalLabel(text);
    if (label !== null) return hold(label), setLast(null);
    const bins = sites.find((site) => site.siteId === siteId)?.bins ?? [];
    const bin = bins.find((one) => one.toUpperCase() === text.toUpperCase()) ?? text;
    const held = inHand.current;
    if (held === null) return sound(false), setLast({ label: null, bin, error: null });
    hold(null);
    void put(held, bin);
  };
  return (
    <Stack gap="sm">
      <ScanField label={t(shown === null ? 'putAway.scanDevice' : 'putAway.scanBin')} hint={t('putAway.how')} onScan={scan} />
      {shown !== null && (
        <div className={classes.hand} role="status">
          <Text fw={600}>{t('putAway.inHand', { label: shown })}</Text>
          <Group ml="auto"><Button size="xs" variant="default" onClick={() => hold(null)}>{t('putAway.putDown')}</Button></Group>
        </div>
      )}
      {last !== null && last.label === null && <Notice state="failed" icon={Ban} title={t('putAway.deviceFirst', { bin: last.bin })} aloud />}
      {last?.label != null && last.error === null && <Notice state="done" icon={Check} title={t('putAway.done', { label: last.label, bin: last.bin })} aloud />}
      {last?.label != null && last.error !== null && <Notice state="failed" icon={Ban} title={t('putAway.refused', { label: last.label, bin: last.bin })} aloud>{errorText(last.error)}</Notice>}
    </Stack>
  );
}
