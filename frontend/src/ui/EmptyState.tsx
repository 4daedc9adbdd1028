/** An empty page that teaches: one picture, one sentence, one action. */

import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center" maw={480} mx="auto">
      {icon ? (
        <Text component="div" c="dimmed" aria-hidden>
          {icon}
        </Text>
      ) : null}
      <Title order={2} size="h3">
        {title}
      </Title>
      {children ? (
        <Text component="div" c="dimmed">
          {children}
        </Text>
      ) : null}
      {action ? <div style={{ marginTop: 12 }}>{action}</div> : null}
    </Stack>
  );
}
