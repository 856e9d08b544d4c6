import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageProps {
  /** A `BackLink`, where one came from a list. */
  readonly back?: ReactNode;
  /** The page's heading, and the tab's title. */
  readonly title: string;
  /** The answer to the page's question, in a sentence. */
  readonly lead?: ReactNode;
  /** What one can do here, at the right of the heading. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Page({ back, title, lead, actions, children }: PageProps) {
  useDocumentTitle(`${title} · LaCollecte`);
  return (
    <>
      {back}
      <Group justify="space-between" align="flex-start" gap="md" mb="lg">
        <div style={{ minWidth: 0 }}>
          <Title order={1}>{title}</Title>
          {lead !== undefined && <Text c="dimmed" mt={4} component="div">{lead}</Text>}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </>
  );
}
