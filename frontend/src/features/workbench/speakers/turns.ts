/** Turns: stretches of one speaker, said or suggested; and how far a change of speaker reaches. */

import type { SpeakerScope } from '@/api';

export interface Passage {
  speakerId: string | null;
  isSuggested: boolean;
  voice: number | null;
  startMs: number | null;
  endMs: number | null;
}

export interface Turn {
  /** Its first and last passage, by index. */
  first: number;
  last: number;
  speakerId: string | null;
  isSuggested: boolean;
  startMs: number | null;
  endMs: number | null;
}

type Named = Pick<Passage, 'speakerId' | 'isSuggested'>;

/** What was checked and what is only suggested are two turns: the second waits for an ear. */
function isSameTurn(a: Named, b: Named): boolean {
  return a.speakerId === b.speakerId && a.isSuggested === b.isSuggested;
}

export function getTurns(passages: readonly Passage[]): Turn[] {
  const turns: Turn[] = [];
  passages.forEach((passage, index) => {
    const turn = turns.at(-1);
    if (!turn || !isSameTurn(turn, passage)) {
      const { speakerId, isSuggested, startMs, endMs } = passage;
      turns.push({ first: index, last: index, speakerId, isSuggested, startMs, endMs });
      return;
    }
    turn.last = index;
    turn.endMs = passage.endMs ?? turn.endMs;
  });
  return turns;
}

/** The place among turns of the one that holds a passage. */
export function findTurn(turns: readonly Turn[], passage: number): number {
  return turns.findIndex(({ first, last }) => first <= passage && passage <= last);
}

type Voiced = Named & Pick<Passage, 'voice'>;

/** The passages a change reaches; of a turn, what is left of it from this passage on. */
export function listReached(
  passages: readonly Voiced[],
  from: number,
  scope: SpeakerScope,
): number[] {
  const start = passages[from];
  if (!start) return [];
  if (scope === 'segment') return [from];
  const indexes = passages.map((_, index) => index);
  if (scope === 'onward') return indexes.slice(from);
  if (scope === 'voice') {
    return indexes.filter((index) =>
      start.voice === null
        ? passages[index].speakerId === start.speakerId
        : passages[index].voice === start.voice,
    );
  }
  let end = from + 1;
  while (end < passages.length && isSameTurn(passages[end], start)) end += 1;
  return indexes.slice(from, end);
}

/** The longest turn of a speaker: the best to know a voice by. */
export function findLongestTurn(turns: readonly Turn[], speakerId: string): Turn | undefined {
  const length = ({ startMs, endMs }: Turn) => (endMs ?? 0) - (startMs ?? 0);
  let longest: Turn | undefined;
  for (const turn of turns) {
    if (turn.speakerId !== speakerId || turn.startMs === null) continue;
    if (!longest || length(turn) > length(longest)) longest = turn;
  }
  return longest;
}
