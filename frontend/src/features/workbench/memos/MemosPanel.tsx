/** The panel's memos: on the passage one stands at, on the session, and through the text. */

import { SessionMemos } from '@/features/memos';
import { getChosenRange } from '../marking';
import { findExcerptRange, getRangeText } from '../transcriptText';
import { useEvidence, useWorkbench } from '../workbench';

const WORDS_SHOWN = 10;

/** The segment with the cursor, the chosen words or the chosen excerpt. */
function usePassage() {
  const { text } = useWorkbench();
  const { excerpts, marking } = useEvidence();
  const excerpt = excerpts.find((one) => one.id === marking.activeId);
  const range = getChosenRange(marking) ?? (excerpt ? findExcerptRange(text, excerpt) : null);
  const word = range?.first ?? marking.cursor;
  const row = text.segmentOf[word];
  const segment = row === undefined ? undefined : text.segments[row];
  if (!segment) return undefined;
  const first = text.segmentOf.indexOf(row);
  const last = Math.min(first + WORDS_SHOWN, text.segmentOf.lastIndexOf(row) + 1) - 1;
  return {
    id: segment.id,
    words: getRangeText(text, { first, last }),
    firstWordId: text.wordIds[first],
    lastWordId: text.wordIds[text.segmentOf.lastIndexOf(row)],
  };
}

export function MemosPanel() {
  const { session, source } = useWorkbench();
  return <SessionMemos sessionId={session.id} sourceId={source.id} passage={usePassage()} />;
}
