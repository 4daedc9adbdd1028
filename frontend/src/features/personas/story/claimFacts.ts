/** What a claim stands on: the excerpts for and against it, and how many people said them. */

import type { Claim, Excerpt, Stance } from '@/api';
import { countPeople } from '@/features/evidence';
import { formatPeople } from '@/ui';

export function listEvidence(claim: Claim, stance: Stance): Excerpt[] {
  return claim.evidence.filter((one) => one.stance === stance).map((one) => one.excerpt);
}

/** "3 of 9 people, 1 against". */
export function describeSupport(claim: Claim, peopleTotal?: number): string {
  const forIt = countPeople(listEvidence(claim, 'for'));
  const against = countPeople(listEvidence(claim, 'against'));
  const people = formatPeople(forIt, peopleTotal);
  return against > 0 ? `${people}, ${against} against` : people;
}
