/** Compares the voices of a recording anew, knowing how many people speak. */

import { Button, Group, NumberInput, Popover, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { findSpeakers, keys } from '@/api';
import { isActive } from '@/app/jobs';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice } from '@/ui';
import { useWorkbench } from '../workbench';

const SPEAKERS_MAXIMUM = 20;
const KINDS_WITH_MODERATOR = ['interview', 'focus_group', 'advisory_board'];

function useFinding(onStarted: () => void) {
  const { id } = useWorkspace();
  const { session, source } = useWorkbench();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (expected: number | undefined) => findSpeakers(id, source.id, expected),
    onSuccess: onStarted,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
      void client.invalidateQueries({ queryKey: keys.jobs(id) });
    },
  });
}

function FindForm({ onClose }: { onClose: () => void }) {
  const { session, source } = useWorkbench();
  const hasModerator = KINDS_WITH_MODERATOR.includes(session.kind);
  const people = session.participants.length + (hasModerator ? 1 : 0);
  const [expected, setExpected] = useState<number | string>(
    Math.max(people, source.speakers.length > 1 ? source.speakers.length : 0) || '',
  );
  const finding = useFinding(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finding.mutate(typeof expected === 'number' ? expected : undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberInput
          label="How many people speak"
          description="With the moderator. Leave it empty if you don’t know."
          size="xs"
          min={1}
          max={SPEAKERS_MAXIMUM}
          allowDecimal={false}
          value={expected}
          onChange={setExpected}
          data-autofocus
        />
        <Text size="xs" c="dimmed">
          The voices are compared within this recording only, and no print of a voice is kept. Turns
          that someone has checked stay as they are.
        </Text>
        {finding.error ? (
          <ErrorNotice title="The voices were not compared." error={finding.error} />
        ) : null}
        <Group justify="flex-end">
          <Button size="xs" type="submit" loading={finding.isPending}>
            Find speakers
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function FindSpeakers() {
  const { session, source } = useWorkbench();
  const [isOpen, setIsOpen] = useState(false);
  const isAtWork = session.jobs.some(
    (job) => job.kind === 'find_speakers' && job.source_id === source.id && isActive(job),
  );
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      width={280}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          loading={isAtWork}
          aria-expanded={isOpen}
          onClick={() => setIsOpen((open) => !open)}
        >
          Find speakers again
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <FindForm onClose={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
