/** Going through the excerpts that a new version moved or left behind. */

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useMemo, useState } from 'react';
import {
  ApiError,
  acceptReview,
  acceptReworded,
  type ChosenWords,
  keepReview,
  keys,
  listEveryReview,
  type Review,
  reopenReview,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { getChosenRange } from '../marking';
import {
  findExcerptRange,
  findWordAtTime,
  type TranscriptText,
  type WordRange,
} from '../transcriptText';
import type { Workbench } from '../workbench';
import type { Reviewing } from './reviewing';

const NO_REVIEWS: Review[] = [];
const ROOMS_THAT_SHOW_EXCERPTS = ['excerpts', 'search', 'personas', 'insights', 'versions'];

/** Null where it is proposed nowhere, or stays on another version. */
function findPlace(
  text: TranscriptText,
  review: Review | undefined,
  transcriptId: string,
): WordRange | null {
  if (!review) return null;
  if (review.excerpt.transcript_id === transcriptId) return findExcerptRange(text, review.excerpt);
  const { proposed_first_word_id: first, proposed_last_word_id: last } = review;
  if (review.transcript_id !== transcriptId || first === null || last === null) return null;
  return findExcerptRange(text, { first_word_id: first, last_word_id: last });
}

/** The next one that is open, looking on from a place and then from the start. */
function findNextOpen(reviews: readonly Review[], from: number): Review | undefined {
  const order = [...reviews.slice(from + 1), ...reviews.slice(0, from)];
  return order.find(({ state }) => state === 'open');
}

const isOpenReworded = ({ state, outcome }: Review) => state === 'open' && outcome === 'reworded';

function describeFailure(error: unknown): string {
  if (!(error instanceof ApiError)) return 'This was not saved. Try again.';
  return `Not saved: ${error.message} ${error.remedy}`;
}

/** Stands where the excerpt was heard, so that the keyboard's choice begins there. */
function standNear(
  { text, dispatch }: Workbench,
  review: Review | undefined,
  container: HTMLElement | null,
) {
  const near = review?.start_ms == null ? 0 : findWordAtTime(text, review.start_ms);
  dispatch({ type: 'stand', word: Math.max(0, near), activeId: null });
  container?.focus({ preventScroll: true });
}

export function useReviewingState(
  workbench: Workbench,
  container: RefObject<HTMLElement | null>,
): Reviewing {
  const { id } = useWorkspace();
  const { source, transcript, text } = workbench;
  const client = useQueryClient();
  const queryKey = useMemo(() => keys.reviews(id, source.id), [id, source.id]);
  const { data: reviews = NO_REVIEWS } = useQuery({
    queryKey: [...queryKey, transcript.id],
    queryFn: () => listEveryReview(id, source.id),
    staleTime: 30_000,
  });
  const [currentId, setCurrentId] = useState('');
  const [settledId, setSettledId] = useState('');
  const [message, setMessage] = useState('');
  const [isSaving, setIsSaving] = useState(false);
  const at = reviews.findIndex((one) => one.id === currentId);
  const current: Review | undefined = reviews[at];
  const goTo = (review: Review | undefined, words = '') => {
    setCurrentId(review?.id ?? '');
    setMessage(words);
  };
  const refresh = () => {
    for (const room of ROOMS_THAT_SHOW_EXCERPTS) {
      void client.invalidateQueries({ queryKey: [id, room] });
    }
  };
  const save = async (act: Promise<Review>) => {
    setIsSaving(true);
    try {
      const saved = await act;
      client.setQueryData<Review[]>([...queryKey, transcript.id], (all) =>
        all?.map((one) => (one.id === saved.id ? saved : one)),
      );
      refresh();
      return saved;
    } catch (error) {
      setMessage(describeFailure(error));
      void client.invalidateQueries({ queryKey });
      return null;
    } finally {
      setIsSaving(false);
    }
  };
  const settle = async (act: (reviewId: string) => Promise<Review>, done: string) => {
    if (current?.state !== 'open' || isSaving) return;
    const saved = await save(act(current.id));
    if (!saved) return;
    setSettledId(saved.id);
    const next = findNextOpen(reviews, at);
    goTo(next ?? saved, next ? `${done} Next.` : `${done} That was the last one.`);
  };
  const accept = (words?: ChosenWords) =>
    settle((reviewId) => acceptReview(id, reviewId, words), 'Accepted.');
  const takeReworded = async () => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      const { accepted } = await acceptReworded(id, source.id);
      await client.invalidateQueries({ queryKey });
      refresh();
      setMessage(`${formatCount(accepted, 'excerpt')} accepted with other words.`);
    } catch (error) {
      setMessage(describeFailure(error));
    } finally {
      setIsSaving(false);
    }
  };
  const canAccept = current?.proposed_first_word_id != null;
  return {
    reviews,
    openCount: reviews.filter(({ state }) => state === 'open').length,
    current,
    place: findPlace(text, current, transcript.id),
    message,
    isSaving,
    start: (reviewId) =>
      goTo(reviews.find((one) => one.id === reviewId) ?? findNextOpen(reviews, -1) ?? reviews[0]),
    stop: () => goTo(undefined),
    step: (by) => goTo(reviews[(at + by + reviews.length) % reviews.length]),
    accept: () => {
      if (canAccept) void accept();
      else setMessage('Nothing is proposed. Choose the words in the text, then press o.');
    },
    acceptChosen: () => {
      const range = getChosenRange(workbench.getEvidence().marking);
      if (!range) {
        setMessage(
          'Choose the right words in the text, with Shift and arrows or the mouse; then o.',
        );
        standNear(workbench, current, container.current);
        return;
      }
      const first_word_id = text.wordIds[range.first];
      void accept({ first_word_id, last_word_id: text.wordIds[range.last] });
    },
    rewordedCount: reviews.filter(isOpenReworded).length,
    acceptReworded: () => void takeReworded(),
    keep: () => void settle((reviewId) => keepReview(id, reviewId), 'Kept as it was.'),
    undo: async () => {
      const settled = current?.state === 'open' ? settledId : current?.id;
      if (!settled || isSaving) return;
      const saved = await save(reopenReview(id, settled));
      if (saved) goTo(saved, 'Open again.');
    },
  };
}
