import { Table, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import { type Edge, edgeState, type Node } from './flow-figures.js';
import type { Chosen } from './flow-layout.js';
import { saySeconds } from './say-seconds.js';

const WORDS = { done: 'flows', waiting: 'slow', failed: 'still', active: 'flows', left: 'flows' } as const;

interface FlowTableProps {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly onChoose: (chosen: Chosen) => void;
}

/** The picture's figures, by topic. */
export function FlowTable({ nodes, edges, onChoose }: FlowTableProps) {
  const { t, i18n } = useTranslation('operations');
  return (
    <section aria-labelledby="figures">
      <Title order={2} size="h3" id="figures" mb="xs">{t('flow.figures')}</Title>
      <Table aria-labelledby="figures" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr><Table.Th>{t('flow.reads')}</Table.Th><Table.Th ta="right">{t('flow.rate')}</Table.Th><Table.Th ta="right">{t('flow.lag')}</Table.Th><Table.Th visibleFrom="sm">{t('flow.state')}</Table.Th></Table.Tr>
        </Table.Thead>
        {nodes.map((node) => (
          <Table.Tbody key={node.service}>
            <Table.Tr>
              <Table.Th colSpan={4}>
                <UnstyledButton onClick={() => onChoose({ service: node.service })} fw={620} td="underline">{t(`services.${node.service}`)}</UnstyledButton>{' '}
                <Text span size="sm" c="dimmed">{t('flow.inward', { count: node.inward })} · {t('flow.outward', { count: node.outward })}</Text>{' '}
                {node.parked > 0 && <StateChip size="sm" state="failed" label={t('flow.parked', { count: node.parked })} />}
                {node.away && <StateChip size="sm" state="failed" label={t('flow.away')} />}
              </Table.Th>
            </Table.Tr>
            {edges.filter(({ to }) => to === node.service).map((edge) => (
              <Table.Tr key={edge.topic}>
                <Table.Td pl="lg"><UnstyledButton fz="sm" onClick={() => onChoose({ from: edge.from, to: edge.to })} style={{ overflowWrap: 'anywhere' }}>{edge.topic}</UnstyledButton></Table.Td>
                <Table.Td ta="right"><Quantity value={edge.rate} /></Table.Td>
                <Table.Td ta="right">{saySeconds(edge.lagSeconds, i18n.language)}</Table.Td>
                <Table.Td visibleFrom="sm"><StateChip size="sm" state={edgeState(edge)} label={t(`flow.words.${WORDS[edgeState(edge)]}`)} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </section>
  );
}
