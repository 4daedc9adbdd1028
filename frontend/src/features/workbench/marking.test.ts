import { describe, expect, it } from 'vitest';
import { makeSegment } from '@/testing/makeSession';
import {
  changeMarking,
  getChosenRange,
  type Marking,
  type MarkingStep,
  NOTHING_CHOSEN,
} from './marking';
import { buildTranscriptText } from './transcriptText';

const text = buildTranscriptText(
  [
    ['one', 'two', 'three'],
    ['four', 'five'],
  ].map((words, position) => makeSegment(position, position * 10 + 1, words.join(' '))),
);

function press(marking: Marking, steps: MarkingStep[], isExtending = false): Marking {
  return steps.reduce(
    (state, step) => changeMarking(state, { type: 'step', step, isExtending, text }),
    marking,
  );
}

describe('the keyboard’s word', () => {
  it('begins at the first and stops at the ends', () => {
    expect(press(NOTHING_CHOSEN, ['word-on']).cursor).toBe(0);
    expect(press(NOTHING_CHOSEN, Array(9).fill('word-on')).cursor).toBe(4);
    expect(press(NOTHING_CHOSEN, ['word-on', 'word-back', 'word-back']).cursor).toBe(0);
  });

  it('goes by paragraph', () => {
    const there = press({ ...NOTHING_CHOSEN, cursor: 1 }, ['line-on']);
    expect(there.cursor).toBe(3);
    expect(press(there, ['line-back']).cursor).toBe(0);
    expect(press({ ...NOTHING_CHOSEN, cursor: 4 }, ['line-back']).cursor).toBe(3);
    expect(press({ ...NOTHING_CHOSEN, cursor: 1 }, ['end']).cursor).toBe(2);
    expect(press({ ...NOTHING_CHOSEN, cursor: 4 }, ['start']).cursor).toBe(3);
  });
});

describe('choosing words', () => {
  it('keeps the word where it began, forwards and backwards', () => {
    const middle = { ...NOTHING_CHOSEN, cursor: 2 };
    expect(getChosenRange(press(middle, ['word-on', 'word-on'], true))).toEqual({
      first: 2,
      last: 4,
    });
    expect(getChosenRange(press(middle, ['word-back'], true))).toEqual({ first: 1, last: 2 });
  });

  it('ends when the cursor moves on without Shift', () => {
    const chosen = press({ ...NOTHING_CHOSEN, cursor: 2 }, ['word-on'], true);
    expect(getChosenRange(press(chosen, ['word-on']))).toBeNull();
  });

  it('lets go of the chosen excerpt', () => {
    const active = changeMarking(NOTHING_CHOSEN, { type: 'activate', excerptId: 'a' });
    const chosen = changeMarking(active, { type: 'choose', range: { first: 1, last: 2 } });
    expect(chosen.activeId).toBeNull();
    expect(getChosenRange(chosen)).toEqual({ first: 1, last: 2 });
  });
});

it('follows a draft to its real id, and no other', () => {
  const active = changeMarking(NOTHING_CHOSEN, { type: 'activate', excerptId: 'draft-1' });
  expect(changeMarking(active, { type: 'rename', from: 'draft-1', to: 'x' }).activeId).toBe('x');
  expect(changeMarking(active, { type: 'rename', from: 'draft-2', to: 'x' }).activeId).toBe(
    'draft-1',
  );
});

it('chooses nothing after Escape, but stays where it was', () => {
  const chosen = press({ ...NOTHING_CHOSEN, cursor: 2 }, ['word-on'], true);
  const cleared = changeMarking(chosen, { type: 'clear' });
  expect(getChosenRange(cleared)).toBeNull();
  expect(cleared.cursor).toBe(3);
});
