import { Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './bar-chart.module.css';

export interface BarChartProps {
  readonly title: string;
  /** Five at most: the same bars in each group. */
  readonly series: readonly string[];
  /** A value for each series; null where there is none. */
  readonly groups: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** The value as it is said. */
  readonly say: (value: number) => string;
  /** Of the longest bar; by default the greatest value. */
  readonly most?: number;
  /** Of its heading. */
  readonly order?: 2 | 3;
}

/** Of the track, the longest bar: its number stands behind it. */
const LONGEST_PERCENT = 72;

/** Bars with their name before and their number behind, and the same as a table. */
export function BarChart({ title, series, groups, say, most, order = 3 }: BarChartProps) {
  const { t } = useTranslation('coordination');
  const top = most ?? Math.max(0, ...groups.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const said = (value: number | null | undefined) => (value == null ? '–' : say(value));
  return (
    <section>
      <Title order={order} mb="sm">{title}</Title>
      <div className={classes.groups} aria-hidden>
        {groups.map(({ name, values }) => (
          <div key={name} className={classes.group}>
            {groups.length > 1 && series.length > 1 && <p className={classes.name}>{name}</p>}
            {series.map((word, i) => (
              <div key={word} className={classes.bar}>
                <span className={classes.word}>{series.length > 1 ? word : name}</span>
                <span className={classes.track}>
                  <span className={classes.fill} data-series={i} style={{ width: `${top === 0 ? 0 : ((values[i] ?? 0) / top) * LONGEST_PERCENT}%` }} />
                  {said(values[i])}
                </span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <details className={classes.table}>
        <summary>{t('asTable')}</summary>
        <Table aria-label={title}>
          <Table.Thead><Table.Tr><Table.Th scope="col">{t('what')}</Table.Th>{series.map((word) => <Table.Th key={word} scope="col" ta="right">{word}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {groups.map(({ name, values }) => (
              <Table.Tr key={name}><Table.Th scope="row" fw={400}>{name}</Table.Th>{series.map((word, i) => <Table.Td key={word} ta="right">{said(values[i])}</Table.Td>)}</Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </section>
  );
}
