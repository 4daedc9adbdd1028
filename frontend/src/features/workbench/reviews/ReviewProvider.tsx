/** Shares the evidence of the page, and the review of what a new version did to it. */

import type { ReactNode, RefObject } from 'react';
import { type Evidence, EvidenceContext, useWorkbench } from '../workbench';
import { ReviewingContext } from './reviewing';
import { usePlaceMark } from './usePlaceMark';
import { useReviewingState } from './useReviewingState';
import { useReviewKeys } from './useReviewKeys';

interface ReviewProviderProps {
  evidence: Evidence;
  containerRef: RefObject<HTMLElement | null>;
  children: ReactNode;
}

export function ReviewProvider({ evidence, containerRef, children }: ReviewProviderProps) {
  const workbench = useWorkbench();
  const reviewing = useReviewingState(workbench, containerRef);
  useReviewKeys(reviewing, workbench.mayMark);
  usePlaceMark(containerRef, workbench.text, reviewing);
  return (
    <EvidenceContext value={evidence}>
      <ReviewingContext value={reviewing}>{children}</ReviewingContext>
    </EvidenceContext>
  );
}
