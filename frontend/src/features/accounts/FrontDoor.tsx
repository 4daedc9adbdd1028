/** The card on which people arrive before they are signed in. */

import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Wordmark } from '@/ui';
import classes from './FrontDoor.module.css';

interface FrontDoorProps {
  title: string;
  subtitle: string;
  children: ReactNode;
}

export function FrontDoor({ title, subtitle, children }: FrontDoorProps) {
  useEffect(() => {
    document.title = `${title} · Earshot`;
  }, [title]);
  return (
    <main className={classes.door}>
      <Stack gap="lg" w="100%" maw={420}>
        <div className={classes.sign}>
          <Wordmark sizePx={36} />
          <Text c="dimmed">{subtitle}</Text>
        </div>
        <Paper withBorder p={{ base: 'md', xs: 'xl' }} radius="lg" bg="var(--surface)">
          <Stack gap="md">
            <Title order={1} size="h2">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </main>
  );
}
