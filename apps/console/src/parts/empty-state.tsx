import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What would fill this place. */
  readonly text: string;
  /** The first step: a button or a link. */
  readonly action?: ReactNode;
  /** Of its heading: 1 where it is all that the page says. */
  readonly level?: 1 | 2;
}

export function EmptyState({ icon: Icon, title, text, action, level = 2 }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={56} radius="xl" mb="xs" aria-hidden><Icon size={28} /></ThemeIcon>
      <Title order={level} size="h2">{title}</Title>
      <Text c="dimmed" maw="32rem">{text}</Text>
      {action !== undefined && <div style={{ marginTop: '0.75rem' }}>{action}</div>}
    </Stack>
  );
}
