/** Writing notes: the draft, saving it, and what happens when somebody else was quicker. */

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiError, createNotes, keys, type Notes, readNotes, writeNotes } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import { dropNoteDraft, keepNoteDraft, readNoteDraft } from './noteDrafts';

export interface NotesWriting {
  notes: Notes;
  change: (changes: Partial<Notes>) => void;
  save: () => void;
  isSaving: boolean;
  error: Error | null;
  /** Whether what was typed waits in this browser. */
  isKept: boolean;
  /** What somebody else saved in the meantime; null where nobody did. */
  theirs: string | null;
  saveOver: () => void;
  takeTheirs: () => void;
}

interface NotesSubject {
  sessionId: string;
  /** The notes that are edited; undefined for new ones. */
  sourceId?: string;
  /** As the server has them. */
  saved: Notes;
  onSaved: (sourceId: string) => void;
}

export function useNotesWriting({ sessionId, sourceId, saved, onSaved }: NotesSubject) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const subjectId = sourceId ?? sessionId;
  const [draft, setDraft] = useState(
    () => readNoteDraft(subjectId) ?? { ...saved, base: saved.text },
  );
  const [theirs, setTheirs] = useState<string | null>(null);
  const isKept = draft.text !== saved.text || draft.title !== saved.title;

  const change = useCallback(
    (changes: Partial<Notes>) =>
      setDraft((known) => {
        const next = { ...known, ...changes };
        keepNoteDraft(subjectId, next);
        return next;
      }),
    [subjectId],
  );

  const send = async (expectedText: string): Promise<string> => {
    const { title, text } = draft;
    if (!sourceId) return (await createNotes(id, sessionId, { title, text })).id;
    await writeNotes(id, sourceId, { text, expected_text: expectedText, title });
    return sourceId;
  };
  const saving = useMutation({
    mutationFn: send,
    onSuccess: async (savedId) => {
      dropNoteDraft(subjectId);
      // Whoever reads on must find the new text, not the one before.
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.session(id, sessionId) }),
        client.invalidateQueries({ queryKey: [id, 'transcript'] }),
        client.invalidateQueries({ queryKey: keys.excerpts(id, { session: sessionId }) }),
        client.invalidateQueries({ queryKey: [id, 'notes', savedId] }),
        client.invalidateQueries({ queryKey: keys.reviews(id, savedId) }),
      ]);
      void client.invalidateQueries({ queryKey: keys.sessions(id) });
      onSaved(savedId);
    },
    onError: async (error) => {
      const isClash = error instanceof ApiError && error.code === 'notes_changed';
      if (!isClash || !sourceId) return;
      try {
        setTheirs((await readNotes(id, sourceId)).text);
      } catch (fault) {
        notifyFailure('What stands there now could not be read.', fault);
      }
    },
  });
  return {
    notes: draft,
    change,
    save: () => saving.mutate(theirs ?? draft.base),
    isSaving: saving.isPending,
    error: theirs === null ? saving.error : null,
    isKept,
    theirs,
    saveOver: () => saving.mutate(theirs ?? draft.base),
    takeTheirs: () => {
      dropNoteDraft(subjectId);
      setDraft({ title: draft.title, text: theirs ?? '', base: theirs ?? '' });
      setTheirs(null);
      saving.reset();
    },
  } satisfies NotesWriting;
}
