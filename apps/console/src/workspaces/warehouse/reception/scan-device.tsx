import { Button, Group, Stack, Text } from '@mantine/core';
import { Ban, Check, CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import { useErrorText } from '../../../parts/use-error-text.js';
import { ScanField } from '../scanning/scan-field.js';
import { DeviceDetails } from './device-details.js';
import classes from './reception.module.css';
import { type Dock, mayRepeat } from './use-dock.js';

/** One field for both scans of a device: says which one is wanted, and what became of the last. */
export function ScanDevice({ dock }: { readonly dock: Dock }) {
  const { t } = useTranslation('warehouse');
  const errorText = useErrorText();
  const { inHand: { label, identifier }, asking, last } = dock;
  const wanted = label === null ? (identifier === null ? 'both' : 'label') : 'identifier';
  const received = last?.received;
  return (
    <Stack gap="sm">
      <ScanField label={t(`reception.scan.${wanted}`)} hint={t('reception.scanHow')} onScan={dock.scan} />
      {(label !== null || identifier !== null) && (
        <div className={classes.hand} role="status">
          <Text fw={600}>{t('reception.inHand')}</Text>
          {label !== null && <Text>{t('reception.labelled', { label })}</Text>}
          {identifier !== null && <Text>{t('reception.identified', { identifier })}</Text>}
          <Group gap="xs" ml="auto">
            {label !== null && identifier === null && !asking && <Button size="xs" variant="default" onClick={dock.ask}>{t('reception.noSerial')}</Button>}
            <Button size="xs" variant="default" onClick={dock.putDown}>{t('reception.putDown')}</Button>
          </Group>
        </div>
      )}
      {label !== null && !asking && <Text size="sm" c="dimmed">{t('reception.orLine')}</Text>}
      {asking && label !== null && <DeviceDetails key={label} unnamed={identifier !== null} onDescribe={dock.describe} />}
      {received && received.matched !== 'unexpected' && <Notice state="done" icon={Check} title={t('reception.received', { label: received.label })} aloud>{t(`reception.matched.${received.matched}`)}{received.note !== null && <div>{t('reception.note.over-ten-years')}</div>}</Notice>}
      {received?.matched === 'unexpected' && (
        <Notice state="waiting" icon={CircleHelp} title={t('reception.unexpected', { label: received.label })} aloud>{t(received.hint === null ? 'reception.unexpectedHow' : `reception.hint.${received.hint}`)}</Notice>
      )}
      {last && !received && (
        <Notice state="failed" icon={Ban} title={t('reception.refused', { what: [last.hand.label, last.hand.identifier].filter((part) => part !== null).join(' · ') })} aloud>
          <div>{errorText(last.error)}</div>
          {mayRepeat(last.error) && <Group><Button size="xs" variant="default" onClick={dock.again}>{t('reception.again')}</Button></Group>}
        </Notice>
      )}
    </Stack>
  );
}
