/** Reading again what a change to evidence may have changed. */

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '@/api';
import { useWorkspace } from '@/app/workspace';

/**
 * A placing, an insight or a tag shows on many pages: all that is open is read again, except what
 * was just deleted.
 */
export function useFreshEvidence(): (deletedKey?: QueryKey) => Promise<void> {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return useCallback(
    async (deletedKey) => {
      const deleted = deletedKey && JSON.stringify(deletedKey);
      await client.invalidateQueries({
        queryKey: keys.all(id),
        predicate: (query) => JSON.stringify(query.queryKey) !== deleted,
      });
    },
    [client, id],
  );
}
