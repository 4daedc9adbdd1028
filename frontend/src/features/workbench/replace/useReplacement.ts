/** Replacing misheard words through a transcript: what would change, the change, and the way back. */

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  keys,
  previewReplacement,
  type ReplacementQuery,
  replaceWords,
  type Segment,
  type Transcript,
  undoChange,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { useWorkbench } from '../workbench';

const TYPING_PAUSE_MS = 300;

/** Puts changed segments into the page's own copy of the text, and asks anew for what quotes it. */
export function useChangedText() {
  const { id } = useWorkspace();
  const { transcript, session } = useWorkbench();
  const client = useQueryClient();
  return (changed: readonly Segment[]) => {
    const byId = new Map(changed.map((segment) => [segment.id, segment]));
    client.setQueryData<Transcript>(keys.transcript(id, transcript.id), (known) =>
      known ? { ...known, segments: known.segments.map((one) => byId.get(one.id) ?? one) } : known,
    );
    void client.invalidateQueries({ queryKey: keys.excerpts(id, { session: session.id }) });
    void client.invalidateQueries({ queryKey: keys.search(id) });
    void client.invalidateQueries({ queryKey: keys.glossary(id) });
  };
}

export function usePreview(query: ReplacementQuery) {
  const { id } = useWorkspace();
  const { transcript } = useWorkbench();
  const [asked] = useDebouncedValue(query, TYPING_PAUSE_MS);
  const isAsked = asked.find.trim() !== '' && asked.replace.trim() !== '';
  const preview = useQuery({
    queryKey: [id, 'replace-preview', transcript.id, asked.find, asked.replace, asked.match_case],
    queryFn: () => previewReplacement(id, transcript.id, asked),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const isCurrent =
    asked.find === query.find &&
    asked.replace === query.replace &&
    asked.match_case === query.match_case;
  return { preview, isAsked, isSettled: isCurrent && !preview.isPlaceholderData };
}

export function useReplacing(onDone: () => void) {
  const { id } = useWorkspace();
  const { transcript } = useWorkbench();
  const putChanged = useChangedText();
  const undo = (changeId: string) =>
    undoChange(id, changeId)
      .then(({ segments }) => putChanged(segments))
      .catch((error) => notifyFailure('The words were not put back.', error));
  return useMutation({
    mutationFn: (replacement: ReplacementQuery & { first_word_ids: number[] }) =>
      replaceWords(id, transcript.id, replacement),
    onSuccess: (answer, { replace }) => {
      putChanged(answer.segments);
      notifyWithUndo({
        message: `“${replace}” stands in ${formatCount(answer.replaced, 'place')} now.`,
        onUndo: () => undo(answer.change.id),
      });
      onDone();
    },
  });
}
