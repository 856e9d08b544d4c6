import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Ban, Check, CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import type { ScanLine } from '../../../offline/scan-log.js';
import { Notice } from '../../../parts/notice.js';
import { type Choice, nextOf, othersOf, type Sheet } from '../scanning/steps.js';

/** Keys that no scanner types and no browser needs, in the order of the buttons. */
const KEYS = ['F4', 'F7', 'F8', 'F9'] as const;

/** Where the workshop's work is over, each with its own way on. */
const ENDS = ['ready', 'rejected', 'harvested', 'recalled', 'delivered', 'recycled', 'returned-to-donor'] as const;

interface DeviceStepsProps {
  readonly sheet: Sheet;
  /** The newest of its scans. */
  readonly line: ScanLine | undefined;
  readonly onStep: (choice: Choice) => void;
}

/** Its one next step, large; the others small; and what the last one came to. */
export function DeviceSteps({ sheet, line, onStep }: DeviceStepsProps) {
  const { t } = useTranslation('warehouse');
  const next = nextOf(sheet);
  const others = othersOf(sheet);
  const waiting = line?.state === 'waiting';
  useHotkeys(others.map((choice, i) => [KEYS[i] ?? '', () => onStep(choice)]), []);
  return (
    <Stack gap="md">
      {line?.state === 'refused' && <Notice state="failed" icon={Ban} title={t('station.refused')} aloud>{line.reason?.[language()]}</Notice>}
      {line?.state === 'review' && <Notice state="waiting" icon={Check} title={t('station.review')} aloud />}
      {waiting && <Notice state="waiting" icon={CloudOff} title={t('station.waiting')} />}
      {next === null ? (
        <Text fz="xl" fw={600}>{t(`station.nothing.${ENDS.find((state) => state === sheet.state) ?? 'other'}`)}</Text>
      ) : (
        <Button fullWidth h={{ base: 76, sm: 96 }} fz={{ base: '1.2rem', sm: '1.6rem' }} disabled={waiting} onClick={() => onStep(next)} rightSection={<Kbd size="lg" aria-hidden visibleFrom="sm">{t('station.enter')}</Kbd>} aria-keyshortcuts="Enter" style={{ whiteSpace: 'normal' }}>
          {t(`station.next.${next}`)}
        </Button>
      )}
      {others.length > 0 && (
        <Group gap="xs">
          {others.map((choice, i) => (
            <Button key={choice} variant="default" size="md" disabled={waiting} onClick={() => onStep(choice)} rightSection={<Kbd size="xs" aria-hidden visibleFrom="sm">{KEYS[i]}</Kbd>} aria-keyshortcuts={KEYS[i]}>{t(`series.steps.${choice}`)}</Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}
