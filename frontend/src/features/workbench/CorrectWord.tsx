/** Putting right a word that was misheard; its place and its excerpts stay. */

import { Button, Group, Popover, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { correctWord, keys, type Transcript } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { ErrorNotice } from '@/ui';
import classes from './MarkToolbar.module.css';
import { useWorkbench } from './workbench';

interface CorrectWordProps {
  /** The word's index in the transcript. */
  word: number;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

function useCorrection(word: number, onDone: () => void) {
  const { id } = useWorkspace();
  const { text, transcript, session } = useWorkbench();
  const client = useQueryClient();
  const segment = text.segments[text.segmentOf[word]];
  return useMutation({
    mutationFn: (correction: string) => correctWord(id, segment.id, text.wordIds[word], correction),
    onSuccess: (corrected) => {
      client.setQueryData<Transcript>(keys.transcript(id, transcript.id), (known) =>
        known
          ? {
              ...known,
              segments: known.segments.map((one) => (one.id === corrected.id ? corrected : one)),
            }
          : known,
      );
      void client.invalidateQueries({ queryKey: keys.excerpts(id, { session: session.id }) });
      void client.invalidateQueries({ queryKey: keys.search(id) });
      onDone();
    },
  });
}

function CorrectionForm({ word, onDone }: { word: number; onDone: () => void }) {
  const { text } = useWorkbench();
  const segment = text.segments[text.segmentOf[word]];
  const heard = segment.words[word - segment.firstIndex];
  const [correction, setCorrection] = useState(heard);
  const correcting = useCorrection(word, onDone);
  const trimmed = correction.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === heard) onDone();
        else if (trimmed) correcting.mutate(trimmed);
      }}
    >
      <TextInput
        size="xs"
        label={`Instead of “${heard}”`}
        value={correction}
        onChange={(event) => setCorrection(event.currentTarget.value)}
        data-autofocus
      />
      {correcting.error ? (
        <div style={{ marginTop: 8 }}>
          <ErrorNotice title="The word was not changed." error={correcting.error} />
        </div>
      ) : null}
      <Group justify="flex-end" mt={8}>
        <Button size="xs" type="submit" loading={correcting.isPending} disabled={!trimmed}>
          Correct
        </Button>
      </Group>
    </form>
  );
}

export function CorrectWord({ word, isOpen, onOpen }: CorrectWordProps) {
  return (
    <Popover
      opened={isOpen}
      onChange={onOpen}
      width={250}
      shadow="md"
      position="bottom"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          rightSection={<kbd className={classes.key}>e</kbd>}
          aria-keyshortcuts="e"
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        >
          Correct
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={10}>
        <CorrectionForm key={word} word={word} onDone={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
