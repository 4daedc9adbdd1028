/** Which themes a field of the map shows, and in what order its halves stand. */

import type { EmpathyMap, Excerpt, MapAspect, MapQuadrant, Theme } from '@/api';
import { getQuadrant, type QuadrantId } from '@/lib/quadrants';

const EMPTY = { people: 0, excerpts: 0 };

/** The quadrant of an answer, empty if the answer left it out. */
export function getMapQuadrant(map: EmpathyMap, quadrant: QuadrantId): MapQuadrant {
  return (
    map.quadrants.find((one) => one.quadrant === quadrant) ?? { quadrant, ...EMPTY, aspects: [] }
  );
}

/** Both halves of a split quadrant, empty or not; what is in neither half last, if there is any. */
export function listParts({ quadrant, aspects }: MapQuadrant): MapAspect[] {
  const find = (aspect: MapAspect['aspect']) => aspects.find((one) => one.aspect === aspect);
  const halves = getQuadrant(quadrant).aspects.map(
    (aspect) => find(aspect) ?? { aspect, ...EMPTY, themes: [] },
  );
  const undivided = find('');
  if (halves.length === 0) return [undivided ?? { aspect: '', ...EMPTY, themes: [] }];
  return undivided && undivided.excerpts > 0 ? [...halves, undivided] : halves;
}

/** The most people first; among equals more excerpts, then by name; what has no tag goes last. */
export function rankThemes(themes: readonly Theme[]): Theme[] {
  const isUntagged = (theme: Theme) => Number(theme.tag_id === null);
  return [...themes].sort(
    (left, right) =>
      isUntagged(left) - isUntagged(right) ||
      right.people - left.people ||
      right.excerpts - left.excerpts ||
      left.name.localeCompare(right.name),
  );
}

/** A voice for each theme: its best, unless a theme above it shows that one already. */
export function pickVoices(themes: readonly Theme[]): (Excerpt | undefined)[] {
  const shown = new Set<string>();
  return themes.map(({ quotes }) => {
    const voice = quotes.find((quote) => !shown.has(quote.id)) ?? quotes[0];
    if (voice) shown.add(voice.id);
    return voice;
  });
}
