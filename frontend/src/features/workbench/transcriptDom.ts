/** Between the page's text nodes and the words of a transcript. */

import {
  findWordAtOffset,
  sliceRange,
  snapToWords,
  type TranscriptText,
  type WordRange,
} from './transcriptText';

/** How far beside a word a click still means it. */
const CLICK_MARGIN_PX = 4;

interface Known {
  elements: HTMLElement[];
  changes: MutationObserver;
}

const knownElements = new WeakMap<HTMLElement, Known>();

/**
 * The elements that hold the text of each segment, in order; each has one text node. They are
 * looked for only when elements came or went since: every key asks, and there are thousands.
 */
export function listTextElements(container: HTMLElement): HTMLElement[] {
  const known = knownElements.get(container);
  if (known && known.changes.takeRecords().length === 0) return known.elements;
  const elements = [...container.querySelectorAll<HTMLElement>('[data-segment]')];
  let changes = known?.changes;
  if (!changes) {
    changes = new MutationObserver(() => knownElements.delete(container));
    changes.observe(container, { childList: true, subtree: true });
  }
  knownElements.set(container, { elements, changes });
  return elements;
}

function getTextNode(element: HTMLElement | undefined): Text | null {
  const node = element?.firstChild;
  return node instanceof Text ? node : null;
}

/** Static ranges over the text of some words: cheap, and never over names in the margin. */
export function toStaticRanges(
  elements: readonly HTMLElement[],
  text: TranscriptText,
  range: WordRange,
): StaticRange[] {
  return sliceRange(text, range).flatMap(({ segment, start, end }) => {
    const node = getTextNode(elements[segment]);
    // While text is being replaced the page may lag behind the transcript.
    if (!node || end > node.length) return [];
    return [
      new StaticRange({
        startContainer: node,
        startOffset: start,
        endContainer: node,
        endOffset: end,
      }),
    ];
  });
}

export function toLiveRange(
  elements: readonly HTMLElement[],
  text: TranscriptText,
  words: WordRange,
): Range | null {
  const slices = toStaticRanges(elements, text, words);
  const first = slices[0];
  const last = slices.at(-1);
  if (!first || !last) return null;
  const range = new Range();
  range.setStart(first.startContainer, first.startOffset);
  range.setEnd(last.endContainer, last.endOffset);
  return range;
}

function getOffset(element: HTMLElement, node: Node, offset: number, outside: number): number {
  if (!element.contains(node)) return outside;
  if (node instanceof Text) return offset;
  return offset === 0 ? 0 : (element.textContent?.length ?? 0);
}

/** The words a DOM range covers, wherever it begins and ends on the page. */
export function readWords(
  elements: readonly HTMLElement[],
  text: TranscriptText,
  range: AbstractRange & { intersectsNode: (node: Node) => boolean },
): WordRange | null {
  const first = elements.findIndex((element) => range.intersectsNode(element));
  if (first === -1 || text.wordIds.length === 0) return null;
  let last = first;
  while (last + 1 < elements.length && range.intersectsNode(elements[last + 1])) last += 1;
  if (last >= text.segments.length) return null;
  const startOffset = getOffset(elements[first], range.startContainer, range.startOffset, 0);
  const wholeLength = elements[last].textContent?.length ?? 0;
  const endOffset = getOffset(elements[last], range.endContainer, range.endOffset, wholeLength);
  return snapToWords(
    text,
    { segment: first, offset: startOffset },
    { segment: last, offset: endOffset },
  );
}

function findCaret(x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret ? { node: caret.offsetNode, offset: caret.offset } : null;
  }
  // Safari has only the older name.
  const older = document as unknown as { caretRangeFromPoint?: Document['caretRangeFromPoint'] };
  const range = older.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** The index of the word under a point of the window, or -1 where there is none. */
export function findWordAtPoint(
  elements: readonly HTMLElement[],
  text: TranscriptText,
  point: { x: number; y: number },
): number {
  const caret = findCaret(point.x, point.y);
  const element = caret?.node.parentElement?.closest<HTMLElement>('[data-segment]');
  if (!caret || !element || !(caret.node instanceof Text)) return -1;
  const segment = Number(element.dataset.segment);
  if (!text.segments[segment]?.words.length) return -1;
  const word = findWordAtOffset(text.segments[segment], caret.offset);
  const range = toLiveRange(elements, text, { first: word, last: word });
  const isUnderPoint = [...(range?.getClientRects() ?? [])].some(
    (box) =>
      point.x >= box.left - CLICK_MARGIN_PX &&
      point.x <= box.right + CLICK_MARGIN_PX &&
      point.y >= box.top - CLICK_MARGIN_PX &&
      point.y <= box.bottom + CLICK_MARGIN_PX,
  );
  return isUnderPoint ? word : -1;
}
