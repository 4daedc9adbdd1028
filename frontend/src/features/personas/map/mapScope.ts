/** Which part of an empathy map is opened, as it is written in the address. */

import type { ExcerptFilters } from '@/api';
import { type Aspect, getPlacingName, getQuadrant, type QuadrantId } from '@/lib/quadrants';

export interface MapScope {
  quadrant: QuadrantId;
  /** `all` for the whole quadrant; empty for what is in neither half. */
  aspect: Aspect | 'all';
  /** A tag's id; `all` whatever the tag, `none` for excerpts without one. */
  tag: string;
}

const QUADRANT_IDS: readonly string[] = ['think_feel', 'say_do', 'hear', 'see', 'pain', 'gain'];
const ASPECTS: readonly string[] = ['think', 'feel', 'say', 'do', 'none', 'all'];

export function writeScope({ quadrant, aspect, tag }: MapScope): string {
  return [quadrant, aspect || 'none', tag].join('.');
}

/** Null for what is not a scope, such as a mistyped address. */
export function readScope(text: string | null): MapScope | null {
  const [quadrant, aspect, tag] = (text ?? '').split('.');
  if (!QUADRANT_IDS.includes(quadrant) || !ASPECTS.includes(aspect) || !tag) return null;
  return {
    quadrant: quadrant as QuadrantId,
    aspect: aspect === 'none' ? '' : (aspect as Aspect | 'all'),
    tag,
  };
}

/** The excerpts that a scope of a persona's map was computed from. */
export function toExcerptFilters(
  scope: MapScope,
  personaId: string,
  studyId?: string,
): ExcerptFilters {
  return {
    persona: personaId,
    quadrant: scope.quadrant,
    ...(scope.aspect === 'all' ? {} : { aspect: scope.aspect || 'none' }),
    ...(scope.tag === 'all' ? {} : { tag: scope.tag }),
    ...(studyId ? { study: studyId } : {}),
  };
}

/** "Feel", "Pains", or "Think or feel" for what is in neither half of a split quadrant. */
export function nameAspect(quadrant: QuadrantId, aspect: Aspect): string {
  const { aspects } = getQuadrant(quadrant);
  if (aspect !== '' || aspects.length === 0) return getPlacingName(quadrant, aspect);
  return aspects
    .map((one, index) => (index === 0 ? getPlacingName(quadrant, one) : one))
    .join(' or ');
}

export function nameScope(scope: MapScope, themeName?: string): string {
  const place =
    scope.aspect === 'all'
      ? getQuadrant(scope.quadrant).name
      : nameAspect(scope.quadrant, scope.aspect);
  return themeName ? `${place}: ${themeName}` : place;
}
