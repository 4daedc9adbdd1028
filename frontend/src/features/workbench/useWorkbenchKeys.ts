/** The keys of the session page, wherever the focus is but in a field. */

import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { getQuadrantByKey } from '@/lib/quadrants';
import type { ToolbarForm } from './MarkToolbar';
import type { MarkActions } from './useMarkActions';

interface WorkbenchKeys {
  actions: MarkActions;
  mayMark: boolean;
  onOpen: (form: ToolbarForm) => void;
  onClear: () => void;
  onTogglePlay: () => void;
  onUndo: () => void;
  onRedo: () => void;
}

const FIELD =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
const FORMS: Record<string, ToolbarForm> = { t: 'tags', p: 'persona', e: 'emotion', m: 'memo' };

function isElsewhere(event: KeyboardEvent): boolean {
  return event.defaultPrevented || !!(event.target as HTMLElement).closest?.(FIELD);
}

/** Some keyboards need AltGr for brackets, which says Ctrl and Alt as well. */
function hasModifier(event: KeyboardEvent): boolean {
  const isTyped = event.getModifierState('AltGraph');
  return event.metaKey || (!isTyped && (event.ctrlKey || event.altKey));
}

/** Where digits need Shift, the key without it counts too. */
function readQuadrant(event: KeyboardEvent) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  return (
    getQuadrantByKey(event.key) ?? (event.shiftKey ? undefined : getQuadrantByKey(digit ?? ''))
  );
}

/** These may be held down. */
function handleEndKey({ key }: KeyboardEvent, { moveEnd }: MarkActions): boolean {
  if (key === '[') moveEnd('first', -1);
  else if (key === ']') moveEnd('first', 1);
  else if (key === '{') moveEnd('last', -1);
  else if (key === '}') moveEnd('last', 1);
  else return false;
  return true;
}

function handleMarkKey(event: KeyboardEvent, { actions, onOpen }: WorkbenchKeys): boolean {
  const { key } = event;
  if (key === 'o' || key === 'O') return !event.repeat && actions.cycle(key === 'o' ? 1 : -1);
  if (!actions.hasTarget) return false;
  if (handleEndKey(event, actions)) return true;
  if (event.repeat) return false;
  const quadrant = readQuadrant(event);
  if (quadrant) actions.place(quadrant.id);
  else if (FORMS[key]) onOpen(FORMS[key]);
  else if (key === '*' || key === 'k') actions.setKeyQuote(!actions.excerpt?.is_key_quote);
  else if (key === 'Delete' || key === 'Backspace') actions.remove();
  else return false;
  return true;
}

function handleHistoryKey(event: KeyboardEvent, { onUndo, onRedo }: WorkbenchKeys): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'z') (event.shiftKey ? onRedo : onUndo)();
  else if (key === 'y' && !event.shiftKey) onRedo();
  else return false;
  return true;
}

function handleKey(event: KeyboardEvent, keys: WorkbenchKeys): boolean {
  if (keys.mayMark && handleHistoryKey(event, keys)) return true;
  if (hasModifier(event)) return false;
  const isOnControl = (event.target as HTMLElement).closest?.('button, a, input, [role="slider"]');
  if (event.key === 'Escape') keys.onClear();
  else if (event.key === ' ' && !isOnControl) keys.onTogglePlay();
  else return keys.mayMark && handleMarkKey(event, keys);
  return true;
}

export function useWorkbenchKeys(keys: WorkbenchKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // At once, so that the next key finds what this one chose.
      if (isElsewhere(event) || !flushSync(() => handleKey(event, latest.current))) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
