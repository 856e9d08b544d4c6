import { Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A part of a page, on a card of its own. */
export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <Paper component="section" withBorder p="lg" mb="lg" bg="var(--lc-raised)" aria-label={title}>
      <Group justify="space-between" align="flex-start" gap="md" mb={children ? 'md' : 0}>
        <div style={{ minWidth: 0, flex: '1 1 18rem' }}>
          <Title order={2}>{title}</Title>
          {lead !== undefined && <Text size="sm" c="dimmed" mt={2} component="div">{lead}</Text>}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Paper>
  );
}
