/** The keys of the session page, wherever the focus is but in a field. */

import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { getQuadrantByKey } from '@/lib/quadrants';
import type { WordRange } from './transcriptText';
import type { MarkActions } from './useMarkActions';

interface WorkbenchKeys {
  actions: MarkActions;
  mayMark: boolean;
  onTag: () => void;
  onCorrect: () => void;
  onClear: () => void;
  onTogglePlay: () => void;
}

function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  const isField = target.closest?.('input, textarea, select, [contenteditable], [role="dialog"]');
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !!isField;
}

function isOneWord(range: WordRange | null): boolean {
  return range !== null && range.first === range.last;
}

function handleMarkKey(
  event: KeyboardEvent,
  { actions, onTag, onCorrect }: WorkbenchKeys,
): boolean {
  if (!actions.hasTarget || event.repeat) return false;
  const quadrant = getQuadrantByKey(event.key);
  if (quadrant) actions.place(quadrant.id);
  else if (event.key === 't') onTag();
  else if (event.key === 'e' && isOneWord(actions.range)) onCorrect();
  else if (event.key === 'k') actions.setKeyQuote(!actions.excerpt?.is_key_quote);
  else if (event.key === 'Delete' || event.key === 'Backspace') actions.remove();
  else return false;
  return true;
}

export function useWorkbenchKeys(keys: WorkbenchKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      const { mayMark, onClear, onTogglePlay } = latest.current;
      const isOnControl = (event.target as HTMLElement).closest?.('button, a, [role="slider"]');
      if (event.key === 'Escape') onClear();
      else if (event.key === ' ' && !isOnControl) onTogglePlay();
      // At once, so that the next key finds what this one chose.
      else if (!mayMark || !flushSync(() => handleMarkKey(event, latest.current))) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
