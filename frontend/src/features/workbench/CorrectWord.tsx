/** Putting right a word that was misheard; its place and its excerpts stay. */

import { Button, Group, Popover, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { correctWord, previewReplacement } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { ErrorNotice, notifyWithAction } from '@/ui';
import { AddToGlossary, useAddToGlossary } from './glossary/AddToGlossary';
import classes from './MarkToolbar.module.css';
import { useFixEverywhere } from './replace/replacing';
import { useChangedText } from './replace/useReplacement';
import { bareWords } from './replace/words';
import { useWorkbench } from './workbench';

interface CorrectWordProps {
  /** The word's index in the transcript. */
  word: number;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** A word that was misheard once was often misheard again. */
function useOfferOthers() {
  const { id } = useWorkspace();
  const { transcript } = useWorkbench();
  const fixEverywhere = useFixEverywhere();
  return async (find: string, replace: string) => {
    if (find.toLowerCase() === replace.toLowerCase()) return;
    // Only an offer: without an answer there is none.
    const found = await previewReplacement(id, transcript.id, { find, replace }).catch(() => null);
    if (!found?.matches.length) return;
    notifyWithAction({
      message: `“${find}” stands in ${formatCount(found.matches.length, 'more place')}.`,
      action: 'Fix everywhere…',
      onAction: () => fixEverywhere({ find, replace }),
    });
  };
}

function useCorrection(word: number, onDone: (correction: string) => void) {
  const { id } = useWorkspace();
  const { text } = useWorkbench();
  const putChanged = useChangedText();
  const segment = text.segments[text.segmentOf[word]];
  return useMutation({
    mutationFn: (correction: string) => correctWord(id, segment.id, text.wordIds[word], correction),
    onSuccess: (corrected, correction) => {
      putChanged([corrected]);
      onDone(correction);
    },
  });
}

function CorrectionForm({ word, onDone }: { word: number; onDone: () => void }) {
  const { text } = useWorkbench();
  const segment = text.segments[text.segmentOf[word]];
  const heard = segment.words[word - segment.firstIndex];
  const [correction, setCorrection] = useState(heard);
  const [isKept, setIsKept] = useState(false);
  const fixEverywhere = useFixEverywhere();
  const addToGlossary = useAddToGlossary();
  const offerOthers = useOfferOthers();
  const correcting = useCorrection(word, (corrected) => {
    if (isKept) void addToGlossary(bareWords(corrected));
    void offerOthers(bareWords(heard), bareWords(corrected));
    onDone();
  });
  const trimmed = correction.trim();
  const isChanged = trimmed !== '' && trimmed !== heard;
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
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      {isChanged ? (
        <div style={{ marginTop: 8 }}>
          <AddToGlossary text={bareWords(trimmed)} isChosen={isKept} onChoose={setIsKept} />
        </div>
      ) : null}
      {correcting.error ? (
        <div style={{ marginTop: 8 }}>
          <ErrorNotice title="The word was not changed." error={correcting.error} />
        </div>
      ) : null}
      <Group justify="space-between" mt={8} gap="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            onDone();
            fixEverywhere({ find: heard, replace: isChanged ? trimmed : '' });
          }}
        >
          Fix everywhere…
        </Button>
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
      width={280}
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
