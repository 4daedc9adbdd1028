/** Sends changes of text to the server, puts the answers into the page's copy, and takes them back. */

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { keys, type TextAnswer, type Transcript, undoChange } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import { type ChangedSegments, patchTranscript } from './patchTranscript';

/** What was done last, for the quiet note that offers to take it back. */
export interface Done {
  message: string;
  onUndo?: () => void;
  undoLabel?: string;
  /** What may come next. */
  more?: { label: string; onAct: () => void };
}

export function useTextChanges(sessionId: string, transcriptId: string, sourceId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const [done, setDone] = useState<Done | null>(null);
  const put = useCallback(
    (changed: ChangedSegments) => {
      client.setQueryData<Transcript>(keys.transcript(id, transcriptId), (known) =>
        known ? patchTranscript(known, changed) : known,
      );
      void client.invalidateQueries({ queryKey: keys.excerpts(id, { session: sessionId }) });
      void client.invalidateQueries({ queryKey: keys.reviews(id, sourceId) });
      void client.invalidateQueries({ queryKey: keys.talkShare(id, transcriptId) });
      void client.invalidateQueries({ queryKey: keys.search(id) });
      void client.invalidateQueries({ queryKey: keys.glossary(id) });
    },
    [client, id, sessionId, sourceId, transcriptId],
  );
  const undo = useCallback(
    async (changeId: string) => {
      setDone(null);
      try {
        const { segments, deleted_segment_ids } = await undoChange(id, changeId);
        // A change may reach into other sources of the session.
        put({
          segments: segments.filter((one) => one.transcript_id === transcriptId),
          deleted_segment_ids,
        });
        setDone({ message: 'Taken back' });
      } catch (error) {
        notifyFailure('This was not taken back.', error);
      }
    },
    [id, put, transcriptId],
  );
  const take = useCallback(
    (answer: TextAnswer, message: string) => {
      put(answer);
      const { change } = answer;
      setDone(change ? { message, onUndo: () => void undo(change.id) } : null);
      return answer;
    },
    [put, undo],
  );
  const changes = useMemo(() => ({ put, take, setDone }), [put, take]);
  return { changes, done };
}
