/** Puts what could not be found to the researchers. */

import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { IconCheck, IconHelpCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { askQuestion, keys } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice } from '@/ui';

export function AskResearchers({ words }: { words: string }) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const asking = useMutation({
    mutationFn: () => askQuestion(id, words),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.questions(id) }),
  });
  if (asking.data) {
    return (
      <Alert icon={<IconCheck size={18} aria-hidden />} role="status">
        <Text size="sm">
          “{asking.data.words}” is an{' '}
          <Anchor component={Link} to={paths.questions(id)} size="sm" underline="always">
            open question
          </Anchor>{' '}
          now, asked by {formatCount(asking.data.askers, 'person', 'people')}. When somebody is
          heard on it, this page will tell you.
        </Text>
      </Alert>
    );
  }
  return (
    <div>
      {asking.error ? <ErrorNotice title="It was not asked." error={asking.error} /> : null}
      <Group gap="sm">
        <Button
          leftSection={<IconHelpCircle size={18} aria-hidden />}
          loading={asking.isPending}
          onClick={() => asking.mutate()}
        >
          Ask the researchers
        </Button>
        <Text size="sm" c="dimmed">
          They see how many people want to know, not who.
        </Text>
      </Group>
    </div>
  );
}
