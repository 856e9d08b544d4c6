import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.js';

interface ColumnChoiceProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly isShown: (column: Column<Row>) => boolean;
  readonly choose: (column: Column<Row>, wanted: boolean) => void;
}

export function ColumnChoice<Row>({ columns, isShown, choose }: ColumnChoiceProps<Row>) {
  const { t } = useTranslation('parts');
  return (
    <Popover position="bottom-end" trapFocus withRoles>
      <Popover.Target>
        <Button variant="subtle" color="gray" c="dimmed" size="compact-sm" leftSection={<Columns3 size={15} aria-hidden />}>{t('table.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')}>
        <Stack gap="xs">
          {columns.map((column) => (
            <Checkbox key={column.key} label={column.title} checked={isShown(column)} disabled={column.shown === 'always'} onChange={(event) => choose(column, event.currentTarget.checked)} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
