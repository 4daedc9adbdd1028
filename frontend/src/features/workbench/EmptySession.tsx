/** A session without anything yet: drop a recording or a transcript, or write notes. */

import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createTextSource, keys } from '@/api';
import { addFileToSession } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import {
  ACCEPTED_FILES,
  findFault,
  RECORDINGS_IN_WORDS,
  TRANSCRIPTS_IN_WORDS,
} from '@/lib/recordings';
import { ChooseFileButton, EmptyState, ErrorNotice, PageDrop } from '@/ui';

function useRefreshSession(sessionId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
    void client.invalidateQueries({ queryKey: keys.sessions(id) });
  };
}

function NotesForm({ sessionId }: { sessionId: string }) {
  const { id } = useWorkspace();
  const [text, setText] = useState('');
  const refresh = useRefreshSession(sessionId);
  const saving = useMutation({
    mutationFn: () => createTextSource(id, sessionId, { text, name: 'Notes' }),
    onSuccess: refresh,
  });
  return (
    <Stack gap="xs" maw={640} mx="auto" w="100%">
      {saving.error ? <ErrorNotice title="The notes were not saved." error={saving.error} /> : null}
      <Textarea
        label="Or write what you saw and heard"
        description="Field notes, a complaint, an answer. It is marked and searched like a recording."
        autosize
        minRows={4}
        maxRows={16}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={!text.trim()}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          Save the notes
        </Button>
      </Group>
    </Stack>
  );
}

export function EmptySession({ sessionId }: { sessionId: string }) {
  const { id, permissions } = useWorkspace();
  const [fault, setFault] = useState('');
  const refresh = useRefreshSession(sessionId);
  const take = async ([file]: File[]) => {
    if (!file) return;
    const found = findFault(file);
    setFault(found);
    if (found) return;
    try {
      await addFileToSession(id, sessionId, file);
      refresh();
    } catch (error) {
      setFault(error instanceof Error ? error.message : 'The file was not added.');
    }
  };
  if (!permissions.may_edit_research) {
    return (
      <EmptyState icon={<IconMicrophone size={40} stroke={1.3} />} title="Nothing to hear yet">
        A researcher has yet to add the recording or notes of this session.
      </EmptyState>
    );
  }
  return (
    <>
      <PageDrop
        invitation="Drop the recording of this session, or its transcript"
        onFiles={(files) => void take(files)}
      />
      <EmptyState
        icon={<IconMicrophone size={40} stroke={1.3} />}
        title="Drop the recording or its transcript here"
        action={
          <ChooseFileButton accept={ACCEPTED_FILES} onFiles={(files) => void take(files)}>
            Choose a file
          </ChooseFileButton>
        }
      >
        A recording ({RECORDINGS_IN_WORDS}) is transcribed on this machine and goes nowhere else. A
        transcript made elsewhere ({TRANSCRIPTS_IN_WORDS}) will do as well.
        {fault ? (
          <Text role="alert" c="var(--mantine-color-error)" mt="sm">
            {fault}
          </Text>
        ) : null}
      </EmptyState>
      <NotesForm sessionId={sessionId} />
    </>
  );
}
