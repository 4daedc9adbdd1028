/** The denominator of every count of people: how many people there are in the workspace. */

import { useQuery } from '@tanstack/react-query';
import { keys, listParticipants } from '@/api';
import { useWorkspace } from '@/app/workspace';

/** Undefined until it is known; counts are then shown without it. */
export function usePeopleTotal(): number | undefined {
  const { id } = useWorkspace();
  const participants = useQuery({
    queryKey: keys.participants(id),
    queryFn: () => listParticipants(id),
    staleTime: 60_000,
  });
  return participants.data?.count;
}
