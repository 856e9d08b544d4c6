import { Table } from '@mantine/core';
import { CATEGORIES } from '@lacollecte/contracts';
import { useTranslation } from 'react-i18next';
import { sayDay } from './day.js';
import classes from './price-matrix.module.css';
import { centsOf, COLUMNS, type PriceTable } from './price-table.js';

interface PriceMatrixProps {
  readonly table: PriceTable;
  /** What was in force before: what differs is marked and said. */
  readonly before: PriceTable | undefined;
}

/** Prices by category and grade, and the most that the category may cost. */
export function PriceMatrix({ table, before }: PriceMatrixProps) {
  const { t, i18n } = useTranslation('administration');
  const euros = new Intl.NumberFormat(i18n.language, { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' });
  const say = (cents: number) => euros.format(cents / 100);
  return (
    <Table.ScrollContainer minWidth={560} type="native" role="group" tabIndex={0} aria-label={t('prices.tableOf', { day: sayDay(table.validFrom, i18n.language) })}>
      <Table className={classes.matrix}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('prices.category')}</Table.Th>
            {COLUMNS.map((column) => <Table.Th key={column} ta="right">{t(`grades.${column}`)}</Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {CATEGORIES.map((category) => (
            <Table.Tr key={category}>
              <Table.Th scope="row">{t(`categories.${category}`)}</Table.Th>
              {COLUMNS.map((column) => {
                const cents = centsOf(table, category, column);
                const was = before && centsOf(before, category, column);
                const other = was !== undefined && was !== cents;
                return <Table.Td key={column} ta="right" data-changed={other || undefined}>{say(cents)}{other && <small>{t('prices.was', { price: say(was) })}</small>}</Table.Td>;
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
