/** Excerpts as marks on the text: their words, colour and lane. */

import type { Excerpt } from '@/api';
import { getPlacingName, type QuadrantId } from '@/lib/quadrants';
import { assignLanes } from './lanes';
import {
  findExcerptRange,
  sliceRange,
  type TranscriptText,
  type WordRange,
} from './transcriptText';

export interface Mark {
  excerpt: Excerpt;
  range: WordRange;
  lane: number;
}

/** The marks of a transcript in reading order; excerpts of other transcripts have none. */
export function getMarks(text: TranscriptText, excerpts: readonly Excerpt[], transcriptId: string) {
  const marks: Mark[] = [];
  for (const excerpt of excerpts) {
    if (excerpt.transcript_id !== transcriptId) continue;
    const range = findExcerptRange(text, excerpt);
    if (range) marks.push({ excerpt, range, lane: 0 });
  }
  marks.sort((a, b) => a.range.first - b.range.first || b.range.last - a.range.last);
  const lanes = assignLanes(marks.map((mark) => mark.range));
  marks.forEach((mark, index) => {
    mark.lane = lanes[index];
  });
  return marks;
}

/** The quadrant whose colour stands for the excerpt in the text. */
export function getMainQuadrant(excerpt: Excerpt): QuadrantId | null {
  return excerpt.placings[0]?.quadrant ?? null;
}

/** The colours of all its quadrants, for a stripe. */
export function getStripeColour(excerpt: Excerpt): string {
  const quadrants = [...new Set(excerpt.placings.map((placing) => placing.quadrant))];
  if (quadrants.length === 0) return 'var(--mantine-color-dimmed)';
  if (quadrants.length === 1) return `var(--quadrant-${quadrants[0]})`;
  const step = 100 / quadrants.length;
  const stops = quadrants.map(
    (id, index) => `var(--quadrant-${id}) ${index * step}% ${(index + 1) * step}%`,
  );
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

export function describeMark(excerpt: Excerpt): string {
  const names = excerpt.placings.map(({ quadrant, aspect }) => getPlacingName(quadrant, aspect));
  return `${names.join(', ') || 'Not placed yet'}: “${excerpt.text}”`;
}

/** A piece of a mark beside one segment's text, as shares of the text's length. */
export interface Stripe {
  excerptId: string;
  lane: number;
  from: number;
  to: number;
  colour: string;
  /** The quadrant it is drawn for: not everybody can tell colours apart. */
  pattern: QuadrantId | 'unplaced';
  label: string;
}

/** More stripes beside each other than this could not be told apart. */
export const LANES_SHOWN = 5;

/** The stripes there is room for, and those that are only counted. */
export function sortStripes(stripes: readonly Stripe[]) {
  return {
    shown: stripes.filter(({ lane }) => lane < LANES_SHOWN),
    hidden: stripes.filter(({ lane }) => lane >= LANES_SHOWN),
  };
}

const STRIPE_FIELDS = ['excerptId', 'lane', 'from', 'to', 'colour', 'pattern', 'label'] as const;

function areSameStripes(a: readonly Stripe[], b: readonly Stripe[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((stripe, index) => STRIPE_FIELDS.every((name) => stripe[name] === b[index][name]));
}

type StripeMap = ReadonlyMap<number, readonly Stripe[]>;

/** The new stripes, but the very lists that were known where nothing is new. */
export function keepSameStripes(known: StripeMap, fresh: StripeMap): StripeMap {
  const kept = new Map<number, readonly Stripe[]>();
  for (const [segment, stripes] of fresh) {
    const before = known.get(segment);
    kept.set(segment, before && areSameStripes(before, stripes) ? before : stripes);
  }
  return kept;
}

/** The stripes of each segment that has any. */
export function getStripes(text: TranscriptText, marks: readonly Mark[]): Map<number, Stripe[]> {
  const stripes = new Map<number, Stripe[]>();
  for (const { excerpt, range, lane } of marks) {
    for (const { segment, start, end } of sliceRange(text, range)) {
      const { length } = text.segments[segment].text;
      const stripe: Stripe = {
        excerptId: excerpt.id,
        lane,
        from: start / length,
        to: end / length,
        colour: getStripeColour(excerpt),
        pattern: getMainQuadrant(excerpt) ?? 'unplaced',
        label: describeMark(excerpt),
      };
      const others = stripes.get(segment);
      if (others) others.push(stripe);
      else stripes.set(segment, [stripe]);
    }
  }
  return stripes;
}
