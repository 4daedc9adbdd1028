import { describe, expect, it } from 'vitest';
import { getListMarks } from './listMarks';
import { continueList, readBlocks } from './markdown';

describe('notes as blocks', () => {
  it('are headings, lists, quotes and paragraphs', () => {
    const markdown = [
      '# Waiting room',
      '',
      'Eleven people,',
      'two chairs free.',
      '## Signs',
      '- “Please *wait*”',
      '- a bell',
      '1. ring',
      '2) wait',
      '> nobody comes',
      '> for minutes',
    ].join('\n');
    expect(readBlocks(markdown)).toEqual([
      { style: 'heading', text: 'Waiting room' },
      { style: '', text: 'Eleven people, two chairs free.' },
      { style: 'subheading', text: 'Signs' },
      { style: 'bullet', text: '“Please *wait*”' },
      { style: 'bullet', text: 'a bell' },
      { style: 'numbered', text: 'ring' },
      { style: 'numbered', text: 'wait' },
      { style: 'quote', text: 'nobody comes for minutes' },
    ]);
  });

  it('take a sign behind a backslash as it stands', () => {
    expect(readBlocks('\\# 5 of us\n\\- minus')).toEqual([
      { style: '', text: '# 5 of us - minus' },
    ]);
  });

  it('are parted by blank lines', () => {
    expect(readBlocks('one\n\ntwo\n\n\n> a\n\n> b')).toHaveLength(4);
    expect(readBlocks('  \n\n')).toEqual([]);
  });
});

it.each([
  ['- a bell', '- '],
  ['  9. ring', '  10. '],
  ['- ', ''],
  ['nothing', null],
])('after “%s” comes “%s”', (line, next) => {
  expect(continueList(line)).toBe(next);
});

it('numbers begin anew after anything else', () => {
  const marks = getListMarks(['numbered', 'numbered', '', 'bullet', 'numbered']);
  expect([...marks]).toEqual([
    [0, '1.'],
    [1, '2.'],
    [3, '•'],
    [4, '1.'],
  ]);
});
