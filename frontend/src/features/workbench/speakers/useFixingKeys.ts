/** The keys of speaker fixing; while it is on they go before all other keys of the page. */

import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Speaker } from '@/api';
import type { KeyHint } from '@/app/keysHelp';
import type { SpeakerFixing, SpeakerTools } from './fixing';

export const FIXING_KEYS: KeyHint[] = [
  { keys: ['s'], does: 'Fix speakers; again or Esc: done' },
  { keys: ['1', '…', '9'], does: 'While fixing speakers: this turn is theirs (0: nobody named)' },
  { keys: ['Shift 1'], does: 'Everything from here on' },
  { keys: ['Alt 1'], does: 'The whole voice (or v, then 1)' },
  { keys: ['n'], does: 'A new speaker' },
  { keys: ['Enter'], does: 'Right as suggested: next turn' },
  { keys: ['↑', '↓'], does: 'Turn before, turn after; ← → passages within' },
  { keys: ['Ctrl Z'], does: 'Take the last change of speaker back' },
];

interface FixingKeys {
  fixing: SpeakerFixing;
  tools: SpeakerTools;
  speakers: readonly Speaker[];
  mayMark: boolean;
}

const TYPED_IN =
  'input:not([type="radio"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

function readDigit({ code, key }: KeyboardEvent): number | null {
  // By place: with Shift or Alt the key itself may say "!" or "¡".
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? (/^\d$/.test(key) ? key : null);
  return digit === null ? null : Number(digit);
}

function giveByDigit(event: KeyboardEvent, { fixing, speakers }: FixingKeys): boolean {
  const digit = readDigit(event);
  if (digit === null || event.ctrlKey || event.metaKey || event.repeat) return false;
  const speaker = speakers[digit - 1];
  if (digit !== 0 && !speaker) return false;
  const scope = event.altKey ? 'voice' : event.shiftKey ? 'onward' : undefined;
  fixing.give(speaker?.id ?? null, scope);
  return true;
}

function handleFixingKey(event: KeyboardEvent, keys: FixingKeys): boolean {
  const { fixing } = keys;
  if (giveByDigit(event, keys)) return true;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === 'z') {
    if (!event.shiftKey) fixing.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement;
  const isOnControl = !!target.closest?.('button, a, input, [role="slider"]');
  const actions: Record<string, () => void> = {
    s: fixing.stop,
    Escape: fixing.stop,
    n: fixing.giveToNew,
    t: () => fixing.setScope('turn'),
    f: () => fixing.setScope('onward'),
    v: () => fixing.setScope('voice'),
  };
  const moves: Record<string, () => void> = {
    ArrowUp: () => fixing.stepTurn(-1),
    ArrowDown: () => fixing.stepTurn(1),
    ArrowLeft: () => fixing.stepPassage(-1),
    ArrowRight: () => fixing.stepPassage(1),
    Enter: fixing.confirm,
    ' ': fixing.togglePlay,
  };
  const isArrowOfButton = isOnControl && target.matches('button, a') && key.startsWith('Arrow');
  const act = actions[key] ?? (isOnControl && !isArrowOfButton ? undefined : moves[key]);
  if (!act || (event.repeat && !key.startsWith('Arrow'))) return false;
  act();
  return true;
}

function handleKey(event: KeyboardEvent, keys: FixingKeys): boolean {
  if (!keys.mayMark || (event.target as HTMLElement).closest?.(TYPED_IN)) return false;
  if (keys.fixing.isOn) return handleFixingKey(event, keys);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (event.key !== 's' || !isPlain || event.repeat) return false;
  keys.tools.start();
  return true;
}

export function useFixingKeys(keys: FixingKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // At once, so that the next key finds what this one changed.
      if (event.defaultPrevented || !flushSync(() => handleKey(event, latest.current))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // On the way down: neither the text nor the marking keys see what is meant for speakers.
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, []);
}
