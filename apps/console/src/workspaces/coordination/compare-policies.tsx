import { Button, Group, Skeleton, Slider, Table, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import type { paths } from '../../api/generated/matching.js';
import { ErrorState } from '../../parts/error-state.js';
import { When } from '../../parts/when.js';
import { OrganisationName } from './names.js';

export type DryRun = paths['/api/matching/rounds/dry-runs']['post']['responses'][200]['content']['application/json'];

const PolicyCharts = lazy(() => import('./policy-charts.js').then((module) => ({ default: module.PolicyCharts })));
const ALWAYS = [0, 1, 2];
const MARKS = [0, 1, 2, 3].map((value) => ({ value, label: String(value) }));
/** Differences in sight; what they add up to is in the figures above. */
const SHOWN = 50;

interface ComparePoliciesProps {
  /** Of the round to come; compared beside 0, 1 and 2. */
  readonly alpha: number;
  readonly onAlpha: (alpha: number) => void;
}

/** What would a round give now, under other ideas of fairness? Nothing is changed. */
export function ComparePolicies({ alpha, onAlpha }: ComparePoliciesProps) {
  const { t } = useTranslation('coordination');
  const { data, error, isPending, mutate } = matching.useMutation('post', '/api/matching/rounds/dry-runs');
  const compare = () => mutate({ body: { alphas: [...new Set([...ALWAYS, alpha])].sort((a, b) => a - b) } });
  return (
    <section aria-labelledby="compare">
      <Title order={2} id="compare">{t('compare.title')}</Title>
      <Text c="dimmed" mb="md">{t('compare.how')}</Text>
      <Group align="flex-end" gap="xl" mb="md">
        <div style={{ flex: '1 1 16rem', maxWidth: '26rem', paddingBottom: 22, paddingInline: 8 }}>
          <Text size="sm" fw={500} id="alpha" mb={4}>{t('compare.alpha', { alpha })}</Text>
          <Slider value={alpha} onChange={onAlpha} min={0} max={3} step={0.25} marks={MARKS} label={null} thumbProps={{ 'aria-labelledby': 'alpha' }} />
        </div>
        <Button onClick={compare} loading={isPending}>{t('compare.start')}</Button>
      </Group>
      {error !== null && <ErrorState error={error} retry={compare} />}
      {isPending && <Skeleton height={220} />}
      {data !== undefined && data.policies.length > 0 && <Compared run={data} />}
    </section>
  );
}

function Compared({ run: { at, policies, differences } }: { readonly run: DryRun }) {
  const { t } = useTranslation('coordination');
  return (
    <>
      <Text role="status" mb="sm">{t('compare.stock')} <When at={at} />. {policies.map(({ alpha, figures }) => t('compare.given', { policy: t('alphaIs', { alpha }), devices: t('devices', { count: figures.devices }) })).join(' · ')}</Text>
      <Suspense fallback={<Skeleton height={220} />}><PolicyCharts policies={policies} /></Suspense>
      <Title order={3} mb="xs">{t('compare.whatChanges')}</Title>
      {differences.length === 0 && <Text c="dimmed">{t('compare.same')}</Text>}
      {differences.length > 0 && (
        <Table.ScrollContainer minWidth={460} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('compare.whatChanges') } }}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th scope="col">{t('structure')}</Table.Th>{policies.map(({ alpha }) => <Table.Th key={alpha} scope="col" ta="right">{t('alphaIs', { alpha })}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {differences.slice(0, SHOWN).map(({ lineId, structureId, category, open, urgency, given }) => (
                <Table.Tr key={lineId}>
                  <Table.Th scope="row" fw={400}><OrganisationName id={structureId} /><Text size="xs" c="dimmed">{t('compare.line', { count: open, category: t(`category.${category}`), urgency })}</Text></Table.Th>
                  {given.map((count, i) => <Table.Td key={policies[i]!.alpha} ta="right">{i === 0 ? t('devices', { count }) : t('compare.difference', { count, sign: sign(count - given[0]!) })}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

const sign = (difference: number): string => (difference === 0 ? '=' : `${difference > 0 ? '+' : '−'}${Math.abs(difference)}`);
