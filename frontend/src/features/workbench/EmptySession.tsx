/** A session without anything yet: drop a recording or a transcript, or write notes. */

import { Button, Group, Text } from '@mantine/core';
import { IconMicrophone, IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '@/api';
import { addFileToSession } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import {
  ACCEPTED_FILES,
  findFault,
  RECORDINGS_IN_WORDS,
  TRANSCRIPTS_IN_WORDS,
} from '@/lib/recordings';
import { ChooseFileButton, EmptyState, PageDrop } from '@/ui';
import { readNoteDraft } from './notes/noteDrafts';
import { useNotesOpening } from './notes/opening';

function useRefreshSession(sessionId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
    void client.invalidateQueries({ queryKey: keys.sessions(id) });
  };
}

export function EmptySession({ sessionId }: { sessionId: string }) {
  const { id, permissions } = useWorkspace();
  const [fault, setFault] = useState('');
  const refresh = useRefreshSession(sessionId);
  const notes = useNotesOpening();
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
          <Group justify="center" gap="sm">
            <ChooseFileButton accept={ACCEPTED_FILES} onFiles={(files) => void take(files)}>
              Choose a file
            </ChooseFileButton>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={notes?.writeNew}
            >
              {readNoteDraft(sessionId) ? 'Go on with your notes' : 'Write notes'}
            </Button>
          </Group>
        }
      >
        A recording ({RECORDINGS_IN_WORDS}) is transcribed on this machine and goes nowhere else. A
        transcript made elsewhere ({TRANSCRIPTS_IN_WORDS}) will do as well. Or write down what you
        saw and heard: notes are marked and searched like a recording.
        {fault ? (
          <Text role="alert" c="var(--mantine-color-error)" mt="sm">
            {fault}
          </Text>
        ) : null}
      </EmptyState>
    </>
  );
}
