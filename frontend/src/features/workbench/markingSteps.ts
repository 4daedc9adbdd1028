/** Which keys move the keyboard's word, and how far. */

import type { MarkingStep } from './marking';

const PLAIN: Record<string, MarkingStep> = {
  ArrowLeft: 'word-back',
  ArrowRight: 'word-on',
  ArrowUp: 'line-back',
  ArrowDown: 'line-on',
  Home: 'start',
  End: 'end',
};

const BY_SENTENCE: Record<string, MarkingStep> = {
  ArrowLeft: 'sentence-back',
  ArrowRight: 'sentence-on',
};

const BY_TURN: Record<string, MarkingStep> = {
  ArrowUp: 'turn-back',
  ArrowDown: 'turn-on',
};

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

/** With Alt as well, because some systems keep Ctrl and the arrows for themselves. */
export function readStep({ key, ctrlKey, altKey, metaKey, shiftKey }: Keys): MarkingStep | null {
  if (metaKey || (ctrlKey && altKey)) return null;
  if (ctrlKey) return BY_SENTENCE[key] ?? BY_TURN[key] ?? null;
  // Alt with ← and → alone is the browser's way back and on.
  if (altKey) return BY_TURN[key] ?? (shiftKey ? BY_SENTENCE[key] : undefined) ?? null;
  return PLAIN[key] ?? null;
}
