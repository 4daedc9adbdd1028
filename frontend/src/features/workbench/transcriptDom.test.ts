import { afterEach, describe, expect, it } from 'vitest';
import { makeSegment } from '@/testing/makeSession';
import { listTextElements, readWords, toLiveRange, toStaticRanges } from './transcriptDom';
import { buildTranscriptText, getRangeText } from './transcriptText';

const text = buildTranscriptText([
  makeSegment(0, 1, 'How do you book?', 'speaker-2'),
  makeSegment(1, 5, 'I wait on hold.'),
  makeSegment(2, 9, 'Weeks 😀 go by.'),
]);

/** The page's own shape: a name in the margin, then the text as one node. */
function showTranscript() {
  const rows = text.segments.map(
    (segment, index) =>
      `<div><span>P0${index}</span><p data-segment="${index}">${segment.text}</p></div>`,
  );
  document.body.innerHTML = `<h1>Title</h1><section>${rows.join('')}</section><p>After</p>`;
  const container = document.querySelector('section') as HTMLElement;
  return { container, elements: listTextElements(container) };
}

afterEach(() => {
  document.body.innerHTML = '';
});

function choose(start: [Node, number], end: [Node, number]) {
  const { elements } = { elements: listTextElements(document.body) };
  const range = new Range();
  range.setStart(...start);
  range.setEnd(...end);
  const words = readWords(elements, text, range);
  return words && getRangeText(text, words);
}

describe('words of a DOM range', () => {
  it('inside one paragraph', () => {
    const { elements } = showTranscript();
    const node = elements[1].firstChild as Text;
    expect(choose([node, 3], [node, 8])).toBe('wait on');
  });

  it('over paragraphs, leaving out the names in the margin', () => {
    const { elements } = showTranscript();
    expect(choose([elements[0].firstChild as Text, 12], [elements[1].firstChild as Text, 1])).toBe(
      'book? I',
    );
  });

  it('that begins in a margin or ends outside the transcript', () => {
    const { elements } = showTranscript();
    const margin = document.querySelectorAll('span')[1].firstChild as Text;
    expect(choose([margin, 1], [elements[1].firstChild as Text, 6])).toBe('I wait');
    const after = document.querySelector('section + p')?.firstChild as Text;
    expect(choose([elements[2].firstChild as Text, 6], [after, 3])).toBe('😀 go by.');
  });

  it('whose ends are elements, as a triple click makes them', () => {
    const { elements } = showTranscript();
    expect(choose([elements[1], 0], [elements[2], 0])).toBe('I wait on hold.');
    expect(choose([elements[1], 0], [elements[1], 1])).toBe('I wait on hold.');
  });

  it('are none outside the transcript', () => {
    showTranscript();
    const title = document.querySelector('h1')?.firstChild as Text;
    expect(choose([title, 0], [title, 3])).toBeNull();
  });
});

describe('DOM ranges of words', () => {
  it('come back to the same words', () => {
    const { elements } = showTranscript();
    for (let first = 0; first < text.wordIds.length; first += 1) {
      for (let last = first; last < text.wordIds.length; last += 1) {
        const range = toLiveRange(elements, text, { first, last });
        expect(range && readWords(elements, text, range)).toEqual({ first, last });
      }
    }
  });

  it('cover only text, one range for each paragraph', () => {
    const { elements } = showTranscript();
    const ranges = toStaticRanges(elements, text, { first: 3, last: 9 });
    const texts = ranges.map(({ startContainer, startOffset, endOffset }) =>
      startContainer.textContent?.slice(startOffset, endOffset),
    );
    expect(texts).toEqual(['book?', 'I wait on hold.', 'Weeks 😀']);
  });

  it('leave out paragraphs that the page has not caught up with', () => {
    const { elements } = showTranscript();
    elements[1].textContent = 'I';
    expect(toStaticRanges(elements, text, { first: 3, last: 9 })).toHaveLength(2);
  });
});
