/** What can be done with the excerpts that are selected. */

import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '@/lib/text';
import { formatPeople } from '@/ui';
import { AddToInsightDialog } from './AddToInsightDialog';
import { countPeople } from './excerptFacts';
import classes from './SelectionBar.module.css';
import type { ExcerptSelection } from './useExcerptSelection';

export function SelectionBar({ selection }: { selection: ExcerptSelection }) {
  const [isAdding, setIsAdding] = useState(false);
  const { excerpts, clear } = selection;
  if (excerpts.length === 0) return null;
  return (
    <section className={classes.bar} aria-label="Selected excerpts">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <CloseButton onClick={clear} aria-label="Clear the selection" />
        <Text size="sm" fw={600} role="status">
          {formatCount(excerpts.length, 'excerpt')}
          <Text span size="sm" fw={400} c="dimmed">
            {' '}
            from {formatPeople(countPeople(excerpts))}
          </Text>
        </Text>
      </Group>
      <Button
        size="sm"
        leftSection={<IconBulb size={17} aria-hidden />}
        onClick={() => setIsAdding(true)}
      >
        Add to insight
      </Button>
      {isAdding ? (
        <AddToInsightDialog
          excerpts={excerpts}
          onAdded={clear}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </section>
  );
}
