/** The keys of the codebook: between lines, moving a tag, renaming, undoing. */

import { useEffect, useRef } from 'react';
import { type KeyHint, useKeysHelp } from '@/app/keysHelp';
import type { Direction } from './tagMoves';

export const CODEBOOK_KEYS: KeyHint[] = [
  { keys: ['↑', '↓'], does: 'From tag to tag' },
  { keys: ['→', '←'], does: 'Open and close what is under a tag' },
  { keys: ['Alt ↑', 'Alt ↓'], does: 'Move the tag up or down among its siblings' },
  { keys: ['Alt →'], does: 'Put the tag under the one above it' },
  { keys: ['Alt ←'], does: 'Take the tag out, beside the one it is under' },
  { keys: ['F2'], does: 'Rename the tag' },
  { keys: ['Delete'], does: 'Delete the tag' },
  { keys: ['Ctrl Z'], does: 'Undo what you did last in the codebook' },
  { keys: ['Ctrl Shift Z', 'Ctrl Y'], does: 'Do it again' },
];

const FIELD =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
const STEPS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

interface CodebookKeys {
  isEditable: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onStep: (tagId: string, direction: Direction) => void;
  onRename: (tagId: string) => void;
  onDelete: (tagId: string) => void;
  onOpen: (tagId: string, isOpen: boolean) => void;
}

/** The handle of a line, which takes the focus for it. */
export function findHandle(tagId: string): HTMLElement | null {
  return document.querySelector(`[data-tag="${tagId}"] [data-handle]`);
}

function focusNeighbour(line: Element, step: 1 | -1) {
  const lines = [...document.querySelectorAll('[data-tag]')];
  const next = lines[lines.indexOf(line) + step];
  next?.querySelector<HTMLElement>('[data-handle]')?.focus();
}

function handleHistory(event: KeyboardEvent, keys: CodebookKeys): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) keys.onUndo();
  else if (key === 'y' || key === 'z') keys.onRedo();
  else return false;
  return true;
}

function handleLine(event: KeyboardEvent, line: HTMLElement, keys: CodebookKeys): boolean {
  const tagId = line.dataset.tag ?? '';
  const step = STEPS[event.key];
  if (event.altKey) {
    if (!step || !keys.isEditable) return false;
    keys.onStep(tagId, step);
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey) return false;
  if (step === 'up') focusNeighbour(line, -1);
  else if (step === 'down') focusNeighbour(line, 1);
  else if (step) keys.onOpen(tagId, step === 'in');
  else if (event.key === 'F2' && keys.isEditable) keys.onRename(tagId);
  else if (event.key === 'Delete' && keys.isEditable) keys.onDelete(tagId);
  else return false;
  return true;
}

export function useCodebookKeys(keys: CodebookKeys): void {
  useKeysHelp(CODEBOOK_KEYS);
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || target.closest?.(FIELD)) return;
      const line = target.closest?.<HTMLElement>('[data-tag]');
      const isHandled =
        (latest.current.isEditable && handleHistory(event, latest.current)) ||
        (line ? handleLine(event, line, latest.current) : false);
      if (isHandled) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
