import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '../../api/generated/traceability.js';
import { useSayWhere } from './say-where.js';

type Progress = paths['/api/traceability/own-lots/{lotId}/progress']['get']['responses'][200]['content']['application/json'];

/** Where the devices that found a use are: the kind of structure and the département, where enough of them went there that nobody can tell whose. */
export function LotDestinations({ progress: { destinations, elsewhere } }: { readonly progress: Progress }) {
  const { t } = useTranslation('donor');
  const where = useSayWhere();
  if (destinations.length === 0 && elsewhere === 0) return null;
  return (
    <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
      <Title order={2} mb="sm">{t('lot.where.title')}</Title>
      <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
        {destinations.map((destination) => (
          <li key={`${destination.kind} ${destination.department}`}>{t('lot.where.devices', { count: destination.devices, where: where(destination, destination.devices) })}</li>
        ))}
        {elsewhere > 0 && <li>{t('lot.where.elsewhere', { count: elsewhere })}</li>}
      </ul>
      {elsewhere > 0 && <Text size="sm" c="dimmed" mt="xs">{t('lot.where.why')}</Text>}
    </Paper>
  );
}
