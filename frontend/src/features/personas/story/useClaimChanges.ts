/** Changing the claims of a persona's story. */

import type { Claim, StorySection } from '@/api';
import { createClaim, deleteClaim, type Excerpt, updateClaim } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { notifyFailure, notifyWithUndo } from '@/ui';
import { listEvidence } from './claimFacts';

export interface ClaimChanges {
  write: (section: StorySection, text: string) => Promise<void>;
  rewrite: (claim: Claim, text: string) => Promise<void>;
  addExcerpt: (claim: Claim, excerpt: Excerpt) => Promise<void>;
  removeExcerpt: (claim: Claim, excerpt: Excerpt) => Promise<void>;
  remove: (claim: Claim) => Promise<void>;
}

const getExcerptIds = (claim: Claim) => listEvidence(claim, 'for').map((excerpt) => excerpt.id);

export function useClaimChanges(personaId: string): ClaimChanges {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const setExcerpts = async (claim: Claim, excerptIds: string[]) => {
    try {
      await updateClaim(id, claim.id, { excerpt_ids: excerptIds });
    } catch (error) {
      notifyFailure('The evidence was not changed', error);
    }
    await refresh();
  };
  const bringBack = async (claim: Claim) => {
    try {
      const { section, text } = claim;
      await createClaim(id, personaId, { section, text, excerpt_ids: getExcerptIds(claim) });
    } catch (error) {
      notifyFailure('The sentence could not be brought back', error);
    }
    await refresh();
  };
  return {
    write: async (section, text) => {
      await createClaim(id, personaId, { section, text, excerpt_ids: [] });
      await refresh();
    },
    rewrite: async (claim, text) => {
      await updateClaim(id, claim.id, { text });
      await refresh();
    },
    addExcerpt: (claim, excerpt) => setExcerpts(claim, [...getExcerptIds(claim), excerpt.id]),
    removeExcerpt: (claim, excerpt) =>
      setExcerpts(
        claim,
        getExcerptIds(claim).filter((one) => one !== excerpt.id),
      ),
    remove: async (claim) => {
      try {
        await deleteClaim(id, claim.id);
        notifyWithUndo({ message: 'Sentence deleted', onUndo: () => bringBack(claim) });
      } catch (error) {
        notifyFailure('The sentence was not deleted', error);
      }
      await refresh();
    },
  };
}
