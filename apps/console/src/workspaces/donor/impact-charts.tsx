import { Paper, SimpleGrid, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../palette.js';
import { Quantity } from '../../parts/quantity.js';
import classes from './impact-charts.module.css';
import type { Figures } from './impact-page.js';

const MONTHS = 12;

interface Series {
  readonly key: 'received' | 'reused' | 'recycled' | 'underWay';
  readonly state: State;
}
interface Group {
  readonly key: string;
  readonly label: string;
  readonly counts: Readonly<Partial<Record<Series['key'], number>>>;
}

/** Where what was given is, by kind; and what came and ended, month by month. */
export function ImpactCharts({ figures: { byCategory, byMonth } }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation('donor');
  const month = new Intl.DateTimeFormat(i18n.language === 'fr' ? 'fr' : 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const kinds = byCategory.map(({ category, received, reused, recycled }): Group => ({
    key: category, label: t(`device.categories.${category as 'laptop'}`), counts: { reused, recycled, underWay: received - reused - recycled },
  }));
  const months = byMonth.slice(-MONTHS).map(({ month: key, ...counts }): Group => ({ key, label: month.format(new Date(`${key}-01T00:00:00Z`)), counts }));
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart title={t('impact.byCategory')} first={t('impact.category')} groups={kinds} series={[{ key: 'reused', state: 'done' }, { key: 'recycled', state: 'left' }, { key: 'underWay', state: 'active' }]} />
      <Chart title={t('impact.byMonth')} first={t('impact.month')} groups={months} series={[{ key: 'received', state: 'active' }, { key: 'reused', state: 'done' }, { key: 'recycled', state: 'left' }]} />
    </SimpleGrid>
  );
}

/** A bar for each number, with the number and its word beside it; the same as a table behind. */
function Chart({ title, first, groups, series }: { readonly title: string; readonly first: string; readonly groups: readonly Group[]; readonly series: readonly Series[] }) {
  const { t } = useTranslation('donor');
  const most = Math.max(1, ...groups.flatMap(({ counts }) => Object.values(counts)));
  return (
    <Paper component="section" withBorder p="md" bg="var(--lc-raised)">
      <Title order={2} mb="sm">{title}</Title>
      <ul className={classes.groups}>
        {groups.map(({ key, label, counts }) => (
          <li key={key}>
            <div className={classes.group}>{label}</div>
            {series.map((one) => {
              const count = counts[one.key] ?? 0;
              return count > 0 && (
                <div key={one.key} className={classes.line}>
                  <span className={classes.bar} data-state={one.state} style={{ flexBasis: `${(count / most) * 60}%` }} />
                  <span className={classes.value}><b><Quantity value={count} /></b> {t(`impact.series.${one.key}`, { count })}</span>
                </div>
              );
            })}
          </li>
        ))}
      </ul>
      <details className={classes.behind}>
        <summary>{t('impact.table')}</summary>
        <Counts title={title} first={first} groups={groups} series={series} />
      </details>
    </Paper>
  );
}

function Counts({ title, first, groups, series }: { readonly title: string; readonly first: string; readonly groups: readonly Group[]; readonly series: readonly Series[] }): ReactNode {
  const { t } = useTranslation('donor');
  return (
    <Table mt="xs" aria-label={title}>
      <Table.Thead>
        <Table.Tr><Table.Th scope="col">{first}</Table.Th>{series.map(({ key }) => <Table.Th key={key} scope="col" ta="right">{t(`impact.columns.${key}`)}</Table.Th>)}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map(({ key, label, counts }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400}>{label}</Table.Th>
            {series.map((one) => <Table.Td key={one.key} ta="right"><Quantity value={counts[one.key] ?? 0} /></Table.Td>)}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
