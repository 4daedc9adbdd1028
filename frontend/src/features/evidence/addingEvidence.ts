/** Putting many excerpts under an insight that exists, and taking them back. */

import {
  addEvidence,
  deleteEvidence,
  type Excerpt,
  type InsightDetail,
  type Stance,
  updateEvidence,
} from '@/api';

export interface Addition {
  /** Ids of evidence that was not there before. */
  added: string[];
  /** Evidence that changed sides, with the side it was on. */
  moved: { id: string; stance: Stance }[];
  /** How many were there already, on this side. */
  known: number;
}

/**
 * Adds each excerpt; what is there already keeps its note. Notes in `addition` what it did, also
 * when one is refused in the middle, so that another try goes on from there.
 */
export async function addEvidenceOf(
  workspaceId: string,
  insight: InsightDetail,
  excerpts: readonly Excerpt[],
  stance: Stance,
  addition: Addition,
): Promise<void> {
  const ours = new Set([...addition.added, ...addition.moved.map(({ id }) => id)]);
  addition.known = 0;
  for (const excerpt of excerpts) {
    const known = insight.evidence.find((one) => one.excerpt.id === excerpt.id);
    if (!known) {
      const after = await addEvidence(workspaceId, insight.id, { excerpt_id: excerpt.id, stance });
      const added = after.evidence.find((one) => one.excerpt.id === excerpt.id);
      if (added) addition.added.push(added.id);
    } else if (known.stance !== stance) {
      await updateEvidence(workspaceId, known.id, { stance });
      addition.moved.push({ id: known.id, stance: known.stance });
    } else if (!ours.has(known.id)) {
      addition.known += 1;
    }
  }
}

export async function takeBack(workspaceId: string, { added, moved }: Addition): Promise<void> {
  for (const id of added) await deleteEvidence(workspaceId, id);
  for (const { id, stance } of moved) await updateEvidence(workspaceId, id, { stance });
}
