/** Going from one doubtful passage to the next and hearing it, by key or button. */

import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { setHighlight } from '../highlights';
import { listTextElements, toStaticRanges } from '../transcriptDom';
import { getRangeTimes } from '../transcriptText';
import type { Evidence, Workbench } from '../workbench';
import { type Doubt, findNextDoubt, listDoubts } from './doubts';

export interface Listening {
  doubts: readonly Doubt[];
  /** The one that the reader stands in, or -1. */
  current: number;
  go: (by: 1 | -1) => void;
}

const ELSEWHERE = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

function readStep(event: KeyboardEvent): 1 | -1 | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  if ((event.target as HTMLElement).closest?.(ELSEWHERE)) return null;
  if (event.key === 'l') return 1;
  return event.key === 'L' ? -1 : null;
}

/** A little before and after, so that a voice doesn't begin in the middle of a breath. */
const LEAD_MS = 400;

interface ListeningOptions {
  container: RefObject<HTMLElement | null>;
  /** Plays a stretch; does nothing where there is no audio. */
  play: (startMs: number, endMs?: number) => void;
}

export function useListening(
  { text, dispatch }: Workbench,
  { marking }: Evidence,
  { container, play }: ListeningOptions,
): Listening {
  const doubts = useMemo(() => listDoubts(text), [text]);
  const { cursor } = marking;
  const current = doubts.findIndex(({ range }) => range.first <= cursor && cursor <= range.last);
  const go = useCallback(
    (by: 1 | -1) => {
      const next = doubts[findNextDoubt(doubts, cursor, by)];
      if (!next) return;
      const { range, segment } = next;
      dispatch({ type: 'stand', word: range.first, activeId: null });
      const elements = container.current ? listTextElements(container.current) : [];
      elements[segment]?.scrollIntoView({ block: 'center' });
      container.current?.focus({ preventScroll: true });
      const { startMs, endMs } = getRangeTimes(text, range);
      if (startMs === null) return;
      play(Math.max(0, startMs - LEAD_MS), endMs === null ? undefined : endMs + LEAD_MS);
    },
    [doubts, cursor, dispatch, text, container, play],
  );
  useEffect(() => {
    if (!container.current) return;
    const range = doubts[current]?.range;
    const elements = listTextElements(container.current);
    setHighlight('listen-now', range ? toStaticRanges(elements, text, range) : []);
  }, [container, text, doubts, current]);
  const latest = useRef(go);
  latest.current = go;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = readStep(event);
      if (!step) return;
      event.preventDefault();
      latest.current(step);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return { doubts, current, go };
}
