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

describe('by sentence and by turn', () => {
  // Two passages of one turn, then another person's.
  const talk = buildTranscriptText([
    makeSegment(0, 1, 'Well. I phoned Dr. Lee and then'),
    makeSegment(1, 20, 'I waited! Three weeks.'),
    makeSegment(2, 40, 'Why so long?', 'speaker-2'),
  ]);
  const extend = (marking: Marking, ...steps: MarkingStep[]) =>
    steps.reduce(
      (state, step) => changeMarking(state, { type: 'step', step, isExtending: true, text: talk }),
      marking,
    );
  const at = (cursor: number) => ({ ...NOTHING_CHOSEN, cursor });

  it('chooses to the end of the sentence, over passages and past “Dr.”', () => {
    expect(getChosenRange(extend(at(2), 'sentence-on'))).toEqual({ first: 2, last: 8 });
    expect(getChosenRange(extend(at(2), 'sentence-on', 'sentence-on'))).toEqual({
      first: 2,
      last: 10,
    });
  });

  it('chooses back to the beginning of the sentence, then of the one before', () => {
    expect(getChosenRange(extend(at(4), 'sentence-back'))).toEqual({ first: 1, last: 4 });
    expect(getChosenRange(extend(at(4), 'sentence-back', 'sentence-back'))).toEqual({
      first: 0,
      last: 4,
    });
  });

  it('gives back what it chose, and does not turn over at once', () => {
    const chosen = extend(at(2), 'sentence-on', 'sentence-on');
    expect(getChosenRange(extend(chosen, 'sentence-back'))).toEqual({ first: 2, last: 8 });
    expect(getChosenRange(extend(chosen, 'sentence-back', 'sentence-back'))).toEqual({
      first: 2,
      last: 2,
    });
  });

  it('goes by turn, and stays within the text', () => {
    expect(getChosenRange(extend(at(2), 'turn-on'))).toEqual({ first: 2, last: 10 });
    const whole = extend(at(2), 'turn-on', 'turn-on', 'turn-on');
    expect(getChosenRange(whole)).toEqual({ first: 2, last: 13 });
    expect(extend(at(12), 'turn-back', 'turn-back', 'turn-back').cursor).toBe(0);
  });

  it('begins where it is told to', () => {
    const step = { type: 'step', step: 'word-on', isExtending: true, text: talk, from: 5 } as const;
    expect(getChosenRange(changeMarking(at(0), step))).toEqual({ first: 5, last: 6 });
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
