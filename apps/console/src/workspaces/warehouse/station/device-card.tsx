import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { intake } from '../../../api/clients.js';
import { StateChip } from '../../../parts/state-chip.js';
import { LOOKS } from '../device/looks.js';
import type { Sheet } from '../scanning/steps.js';
import { KindPicture } from './kind-picture.js';

interface DeviceCardProps {
  readonly sheet: Sheet;
  readonly children: React.ReactNode;
}

/** One device, readable from two metres. */
export function DeviceCard({ sheet, children }: DeviceCardProps) {
  const { t } = useTranslation('warehouse');
  const { data: lot } = intake.useQuery('get', '/api/intake/lots/{lotId}', { params: { path: { lotId: sheet.lotId } } }, { staleTime: Number.POSITIVE_INFINITY, retry: false });
  const model = [sheet.maker, sheet.model].filter((part) => part !== null).join(' ');
  return (
    <Paper withBorder radius="lg" p={{ base: 'md', sm: 'xl' }} bg="var(--lc-raised)" component="section" aria-labelledby="device-label">
      <Stack gap="lg">
        <Group gap="lg" align="flex-start">
          <KindPicture category={sheet.category} />
          <Stack gap={4} style={{ flex: 1, minWidth: '14rem' }}>
            <Title order={2} id="device-label" fz={{ base: '1.9rem', sm: '2.6rem' }} lh={1.1}><Link to="/warehouse/devices/$deviceId" params={{ deviceId: sheet.id }} style={{ color: 'inherit' }}>{sheet.label}</Link></Title>
            <Text fz={{ base: 'lg', sm: 'xl' }} fw={600}>{model === '' ? t(`station.kinds.${sheet.category}`) : t('station.kindAndModel', { kind: t(`station.kinds.${sheet.category}`), model })}</Text>
            <Text c="dimmed">{lot === undefined ? t('station.fromLot') : t('station.from', { lot: lot.title })}</Text>
          </Stack>
          <Stack gap={6} align="flex-start">
            <StateChip state={LOOKS[sheet.state]} label={t(`station.states.${sheet.state}`)} />
            {sheet.grade !== null && <StateChip state="done" label={t('station.grade', { grade: sheet.grade })} />}
          </Stack>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
