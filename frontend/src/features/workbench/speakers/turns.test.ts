import { describe, expect, it } from 'vitest';
import { findLongestTurn, findTurn, getTurns, listReached, type Passage } from './turns';

/** Passages of a second each: "ann:0" is Ann's, of voice 0; with "?" only suggested. */
function makePassages(...written: string[]): Passage[] {
  return written.map((one, index) => {
    const [, name, voice, mark] = /^(\w+)(?::(\d+))?(\?)?$/.exec(one) ?? [];
    return {
      speakerId: name === 'nobody' ? null : name,
      voice: voice === undefined ? null : Number(voice),
      isSuggested: mark === '?',
      startMs: index * 1000,
      endMs: index * 1000 + 900,
    };
  });
}

describe('turns', () => {
  const turns = getTurns(makePassages('ann', 'ann:0', 'ben', 'ann', 'ann', 'ann?'));

  it('last as long as one speaker speaks', () => {
    expect(turns.map(({ first, last }) => [first, last])).toEqual([
      [0, 1],
      [2, 2],
      [3, 4],
      [5, 5],
    ]);
    expect(turns[0]).toMatchObject({ startMs: 0, endMs: 1900 });
  });

  it('are split where what was checked ends', () => {
    expect(turns.map((turn) => turn.isSuggested)).toEqual([false, false, false, true]);
  });

  it('are found by a passage, and by how long they last', () => {
    expect(findTurn(turns, 4)).toBe(2);
    expect(findTurn(turns, 9)).toBe(-1);
    expect(findLongestTurn(turns, 'ann')?.first).toBe(0);
    expect(findLongestTurn(turns, 'cleo')).toBeUndefined();
  });
});

describe('a change of speaker reaches', () => {
  const passages = makePassages('ann:0', 'ann:0', 'ann:1', 'ann:1?', 'ben:1', 'nobody', 'nobody');

  it.each([
    ['segment', 1, [1]],
    ['turn', 1, [1, 2]],
    ['turn', 0, [0, 1, 2]],
    ['onward', 4, [4, 5, 6]],
    ['turn', 3, [3]],
    ['voice', 2, [2, 3, 4]],
    ['voice', 5, [5, 6]],
    ['turn', 99, []],
  ] as const)('%s from passage %i: %j', (scope, from, reached) => {
    expect(listReached(passages, from, scope)).toEqual(reached);
  });
});
