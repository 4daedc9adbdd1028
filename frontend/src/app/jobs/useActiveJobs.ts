/** Jobs that wait or run, asked for often while there are any. */

import { useQuery } from '@tanstack/react-query';
import { keys, listJobs } from '@/api';
import { useUploads } from '../uploads';
import { useWorkspace } from '../workspace';

const BUSY_POLL_MS = 1000;
const QUIET_POLL_MS = 15_000;

export function useActiveJobs() {
  const { id } = useWorkspace();
  const isUploading = useUploads().some((upload) => upload.state === 'sending');
  return useQuery({
    queryKey: [...keys.jobs(id), 'active'],
    queryFn: () => listJobs(id, { active: true }),
    refetchInterval: ({ state }) =>
      isUploading || state.data?.results.length ? BUSY_POLL_MS : QUIET_POLL_MS,
    staleTime: 0,
  });
}
