import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ProgressLineProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** A job of the service is at it: the stripes move where the share does not for a while. */
  readonly moving?: boolean;
}

/** What is being done, how much of it is done, in words and as a bar. */
export function ProgressLine({ label, share, moving = false }: ProgressLineProps) {
  const { i18n } = useTranslation();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text>{label}</Text>
        <Text>{new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share)}</Text>
      </Group>
      <Progress value={share * 100} striped={moving} animated={moving} aria-label={label} />
    </div>
  );
}
