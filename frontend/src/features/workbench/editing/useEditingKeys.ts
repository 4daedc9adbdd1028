/** The keys that open a passage for editing, and the double click. */

import { type RefObject, useEffect, useRef } from 'react';
import type { KeyHint } from '@/app/keysHelp';
import { getChosenRange } from '../marking';
import { findWordAtPoint, listTextElements } from '../transcriptDom';
import type { TranscriptText, WordRange } from '../transcriptText';
import type { Workbench } from '../workbench';
import type { Selection } from './cuts';
import type { TextEditing, TextTools } from './textEditing';

export const EDITING_KEYS: KeyHint[] = [
  { keys: ['i', 'F2'], does: 'Edit the passage (or double-click it); Enter saves, Esc leaves' },
  {
    keys: ['Ctrl Enter'],
    does: 'While editing: split at the caret, for the same voice or another',
  },
  { keys: ['Backspace'], does: 'While editing, at the start: join with the passage before' },
  { keys: ['Alt ↑', 'Alt ↓'], does: 'While editing: give words to the passage before, or after' },
  { keys: ['Ctrl Space'], does: 'While editing: play the passage' },
];

interface EditingKeys {
  workbench: Workbench;
  containerRef: RefObject<HTMLElement | null>;
  editing: TextEditing;
  tools: TextTools;
}

const FIELD = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

/** A passage and what of it is chosen there: the words of a range, as far as they are in it. */
export function findSelection(
  text: TranscriptText,
  range: WordRange,
): { segmentId: string; selection: Selection } | null {
  const segment = text.segments[text.segmentOf[range.first]];
  if (!segment) return null;
  const last = Math.min(range.last, segment.firstIndex + segment.words.length - 1);
  const [from, to] = [range.first - segment.firstIndex, last - segment.firstIndex];
  const selection = {
    start: segment.offsets[from],
    end: segment.offsets[to] + segment.words[to].length,
  };
  return { segmentId: segment.id, selection };
}

/** What would be edited: the chosen words, the chosen excerpt, or where the keyboard stands. */
function findTarget({ workbench }: EditingKeys) {
  const { text } = workbench;
  const { marking, marks } = workbench.getEvidence();
  const chosen =
    getChosenRange(marking) ?? marks.find(({ excerpt }) => excerpt.id === marking.activeId)?.range;
  if (chosen) return findSelection(text, chosen);
  if (marking.cursor < 0) return null;
  const found = findSelection(text, { first: marking.cursor, last: marking.cursor });
  if (!found) return null;
  const { start } = found.selection;
  return { ...found, selection: { start, end: start } };
}

/** Nothing is chosen: the first passage that is wholly in sight. */
function findInSight({ workbench, containerRef }: EditingKeys) {
  if (!containerRef.current) return null;
  const elements = listTextElements(containerRef.current);
  const index = elements.findIndex((element) => element.getBoundingClientRect().top > 100);
  const segment = workbench.text.segments[index];
  return segment ? { segmentId: segment.id, selection: { start: 0, end: 0 } } : null;
}

export function useEditingKeys(keys: EditingKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  const { containerRef } = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { editing, tools } = latest.current;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (!editing.mayEdit || event.defaultPrevented || !isPlain || event.repeat) return;
      if (event.key !== 'i' && event.key !== 'F2') return;
      if ((event.target as HTMLElement).closest?.(FIELD)) return;
      const target = findTarget(latest.current) ?? findInSight(latest.current);
      if (!target) return;
      event.preventDefault();
      tools.openPassage(target.segmentId, target.selection);
    };
    const click = (event: MouseEvent) => {
      const container = containerRef.current;
      const { editing, tools, workbench } = latest.current;
      const target = event.target as HTMLElement;
      if (!editing.mayEdit || !container?.contains(target)) return;
      if (target.closest('button, a, textarea, input, [data-is-fixing]')) return;
      const point = { x: event.clientX, y: event.clientY };
      const word = findWordAtPoint(listTextElements(container), workbench.text, point);
      const found = word === -1 ? null : findSelection(workbench.text, { first: word, last: word });
      if (found) tools.openPassage(found.segmentId, found.selection);
    };
    // On the way down, before the keys of marking.
    document.addEventListener('keydown', press, { capture: true });
    document.addEventListener('dblclick', click);
    return () => {
      document.removeEventListener('keydown', press, { capture: true });
      document.removeEventListener('dblclick', click);
    };
  }, [containerRef]);
}
