import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { State } from '../../../palette.js';
import { Quantity } from '../../../parts/quantity.js';
import type { ScanLine } from '../../../offline/scan-log.js';

const COUNTED = [
  ['done', 'done', ['done', 'repeated', 'review']], ['refused', 'failed', ['refused', 'task', 'unkept']], ['waiting', 'waiting', ['waiting']],
] as const satisfies readonly (readonly [string, State, readonly ScanLine['state'][]])[];

/** How many went through, readable from two metres. */
export function Counts({ lines }: { readonly lines: readonly ScanLine[] }) {
  const { t } = useTranslation('warehouse');
  return (
    <Group gap="xl" role="group" aria-label={t('series.counts')}>
      {COUNTED.map(([name, state, states]) => (
        <Stack key={name} gap={0}>
          <Text fz={{ base: '2.4rem', sm: '3.6rem' }} fw={680} lh={1} c={`var(--lc-${state}-ink)`}><Quantity value={lines.filter((line) => (states as readonly string[]).includes(line.state)).length} /></Text>
          <Text>{t(`series.counted.${name}`)}</Text>
        </Stack>
      ))}
    </Group>
  );
}
