/** How much of the talk is whose. */

import { useQuery } from '@tanstack/react-query';
import { keys, readTalkShare } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useWorkbench } from '../workbench';

export function useTalkShare() {
  const { id } = useWorkspace();
  const { transcript } = useWorkbench();
  return useQuery({
    queryKey: keys.talkShare(id, transcript.id),
    queryFn: () => readTalkShare(id, transcript.id),
  });
}

/** 0.436 → "44 %"; a little is never nothing. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  return `${Math.round(share * 100)} %`;
}
