import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Column } from './column.js';

/** The columns of the table with this name, as this person in this browser wants them. */
export function useChosenColumns<Row>(name: string, columns: readonly Column<Row>[]) {
  const [chosen, setChosen] = useLocalStorage<Readonly<Record<string, boolean>>>({ key: `lacollecte.columns.${name}`, defaultValue: {}, getInitialValueInEffect: false });
  const isShown = ({ key, shown }: Column<Row>): boolean => shown === 'always' || (chosen[key] ?? shown !== 'asked');
  // oxlint-disable-next-line react/exhaustive-deps -- what is shown depends on `chosen` alone
  const shown = useMemo(() => columns.filter(isShown), [columns, chosen]);
  return {
    shown,
    isShown,
    choose: ({ key }: Column<Row>, wanted: boolean) => setChosen((before) => ({ ...before, [key]: wanted })),
  };
}
