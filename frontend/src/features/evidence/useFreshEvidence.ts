/** Reading again what a change to evidence may have changed. */

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '@/api';
import { useWorkspace } from '@/app/workspace';

/** A placing, an insight or a tag shows on many pages: all that is open is read again. */
export function useFreshEvidence(): () => Promise<void> {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: keys.all(id) }), [client, id]);
}
