/** Marks on text by the CSS Custom Highlight API: no element is added, so pages stay fast. */

import { QUADRANTS } from '@/lib/quadrants';

/** Later names are painted over earlier ones. */
const NAMES = [
  'listen-first',
  'listen-now',
  'excerpt-unplaced',
  ...QUADRANTS.map(({ id }) => `excerpt-${id}`),
  'excerpt-active',
  'review-place',
  'words-selected',
  'word-cursor',
  'word-spoken',
];

export function canHighlight(): boolean {
  return typeof Highlight !== 'undefined' && 'highlights' in CSS;
}

export function setHighlight(name: string, ranges: readonly AbstractRange[]): void {
  if (!canHighlight()) return;
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = NAMES.indexOf(name);
  CSS.highlights.set(name, highlight);
}

function getHighlight(name: string): Highlight {
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  made.priority = NAMES.indexOf(name);
  CSS.highlights.set(name, made);
  return made;
}

export function addToHighlight(name: string, ranges: readonly AbstractRange[]): void {
  if (!canHighlight() || ranges.length === 0) return;
  const highlight = getHighlight(name);
  for (const range of ranges) highlight.add(range);
}

export function takeFromHighlight(name: string, ranges: readonly AbstractRange[]): void {
  if (!canHighlight()) return;
  const highlight = CSS.highlights.get(name);
  for (const range of ranges) highlight?.delete(range);
}

export function clearHighlights(): void {
  if (!canHighlight()) return;
  for (const name of NAMES) CSS.highlights.delete(name);
}
