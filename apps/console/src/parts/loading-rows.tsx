import { Group, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface LoadingRowsProps {
  readonly rows?: number;
  /** Widths of what comes, in per cent: the shape of one row. */
  readonly shape?: readonly number[];
  /** In pixels. */
  readonly height?: number;
}

/** Where rows will be, in their shape. */
export function LoadingRows({ rows = 5, shape = [32, 18, 24, 12], height = 44 }: LoadingRowsProps) {
  const { t } = useTranslation('parts');
  return (
    <Stack gap={0} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Group key={row} h={height} gap="lg" wrap="nowrap" aria-hidden>
          {shape.map((width, column) => <Skeleton key={column} height={12} width={`${width}%`} />)}
        </Group>
      ))}
    </Stack>
  );
}
