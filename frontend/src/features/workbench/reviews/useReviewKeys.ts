/** The keys of the review; while it is open they go before those of marking. */

import { useEffect, useRef } from 'react';
import type { KeyHint } from '@/app/keysHelp';
import type { Reviewing } from './reviewing';

export const REVIEW_KEYS: KeyHint[] = [
  { keys: ['j', 'k'], does: 'In the review: next excerpt, the one before' },
  { keys: ['a'], does: 'In the review: accept the proposed place' },
  { keys: ['o'], does: 'In the review: take the words chosen in the text' },
  { keys: ['x'], does: 'In the review: keep it as it was' },
  { keys: ['u'], does: 'In the review: undo' },
];

const ELSEWHERE = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

function handleKey(event: KeyboardEvent, reviewing: Reviewing, mayMark: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const looking: Record<string, () => void> = {
    j: () => reviewing.step(1),
    k: () => reviewing.step(-1),
  };
  const deciding: Record<string, () => void> = {
    a: reviewing.accept,
    o: reviewing.acceptChosen,
    x: reviewing.keep,
    u: reviewing.undo,
  };
  const act = looking[event.key] ?? (mayMark ? deciding[event.key] : undefined);
  if (!act || event.repeat) return false;
  act();
  return true;
}

export function useReviewKeys(reviewing: Reviewing, mayMark: boolean): void {
  const latest = useRef({ reviewing, mayMark });
  latest.current = { reviewing, mayMark };
  const isOpen = reviewing.current !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.target as HTMLElement).closest?.(ELSEWHERE)) return;
      if (!handleKey(event, latest.current.reviewing, latest.current.mayMark)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [isOpen]);
}
