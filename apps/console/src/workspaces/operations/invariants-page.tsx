import { Table, Text } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../palette.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Quantity } from '../../parts/quantity.js';
import { StateChip } from '../../parts/state-chip.js';
import { When } from '../../parts/when.js';
import { OperationsPage } from './operations-page.js';
import { type Rule, type ServiceName, useEach } from './platform.js';

const EVERY_MS = 20_000;

function verdict({ violations }: Rule): { state: State; word: 'unchecked' | 'holds' | 'broken' } {
  if (violations === null) return { state: 'waiting', word: 'unchecked' };
  return violations === 0 ? { state: 'done', word: 'holds' } : { state: 'failed', word: 'broken' };
}

/** Whether the rules of the trade hold. */
export function InvariantsPage() {
  const { t, i18n } = useTranslation('operations');
  const { all, pending, failed, retry } = useEach('/operations/invariants', EVERY_MS);
  const rules = all.flatMap(({ service, data = [] }) => data.map((rule) => ({ service, rule })));
  const broken = rules.filter(({ rule }) => (rule.violations ?? 0) > 0);
  const unchecked = rules.filter(({ rule }) => rule.violations === null).length;
  const lead = broken.length > 0 ? t('invariants.broken', { count: broken.length }) : unchecked > 0 ? t('invariants.unchecked', { count: unchecked }) : t('invariants.hold', { count: rules.length });
  // A rule that is newer than this page is said as its service says it.
  const words = (service: ServiceName, { name, says }: Rule) => {
    const key = `rules.${service}.${name}`;
    return i18n.exists(key, { ns: 'operations' }) ? i18n.t(key as never, { ns: 'operations' }) : says;
  };
  return (
    <OperationsPage title={t('nav.invariants')} {...(!pending && rules.length > 0 && { lead })} services={failed === null ? all : []}>
      {pending && <LoadingRows rows={10} shape={[48, 12, 12, 12]} />}
      {failed !== null && <ErrorState error={failed} retry={retry} />}
      {!pending && failed === null && rules.length === 0 && <EmptyState icon={ShieldCheck} title={t('invariants.none')} text={t('invariants.noneHow')} />}
      {rules.length > 0 && (
        <Table verticalSpacing="sm" aria-label={t('nav.invariants')}>
          <Table.Thead visibleFrom="sm">
            <Table.Tr><Table.Th>{t('invariants.rule')}</Table.Th><Table.Th ta="right">{t('invariants.figure')}</Table.Th><Table.Th>{t('invariants.checked')}</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...broken, ...rules.filter((one) => !broken.includes(one))].map(({ service, rule }) => (
              <Table.Tr key={`${service} ${rule.name}`}>
                <Table.Td>
                  <Text fw={550} size="sm">{words(service, rule)}</Text>
                  <Text size="xs" c="dimmed" mb={4}>{t(`services.${service}`)}</Text>
                  <StateChip size="sm" state={verdict(rule).state} label={t(`invariants.words.${verdict(rule).word}`)} />
                  {rule.checkedAt !== null && <Text size="xs" c="dimmed" mt={4} hiddenFrom="sm" component="div">{t('invariants.figureOf', { violations: rule.violations ?? 0, examined: rule.examined ?? 0 })} · <When at={rule.checkedAt} /></Text>}
                </Table.Td>
                <Table.Td ta="right" visibleFrom="sm">{rule.violations === null ? '–' : <><Quantity value={rule.violations} /> / <Quantity value={rule.examined ?? 0} /></>}</Table.Td>
                <Table.Td visibleFrom="sm">{rule.checkedAt === null ? '–' : <When at={rule.checkedAt} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </OperationsPage>
  );
}
