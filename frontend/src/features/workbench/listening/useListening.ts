/** Going from one doubtful passage to the next, by key or button. */

import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { listTextElements } from '../transcriptDom';
import type { Evidence, Workbench } from '../workbench';
import { type Doubt, findNextDoubt, listDoubts } from './doubts';

export interface Listening {
  doubts: readonly Doubt[];
  /** The one that is chosen in the text, or -1. */
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

export function useListening(
  { text, dispatch }: Workbench,
  { marking }: Evidence,
  container: RefObject<HTMLElement | null>,
  onPlace: (startMs: number) => void,
): Listening {
  const doubts = useMemo(() => listDoubts(text), [text]);
  const { cursor, anchor } = marking;
  const current = doubts.findIndex(({ range }) => range.last === cursor && range.first === anchor);
  const go = useCallback(
    (by: 1 | -1) => {
      const next = doubts[findNextDoubt(doubts, anchor === -1 ? cursor : anchor, by)];
      if (!next) return;
      dispatch({ type: 'choose', range: next.range });
      onPlace(text.startsMs[next.range.first] ?? 0);
      const elements = container.current ? listTextElements(container.current) : [];
      elements[next.segment]?.scrollIntoView({ block: 'center' });
      container.current?.focus({ preventScroll: true });
    },
    [doubts, cursor, anchor, dispatch, text, container, onPlace],
  );
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
