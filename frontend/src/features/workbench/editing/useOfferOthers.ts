/** A word that was misheard once was often misheard again: offers to put the others right too. */

import { useCallback } from 'react';
import { previewReplacement } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { notifyWithAction } from '@/ui';
import { useFixEverywhere } from '../replace/replacing';
import type { Respelling } from './respelling';

export function useOfferOthers(transcriptId: string) {
  const { id } = useWorkspace();
  const fixEverywhere = useFixEverywhere();
  return useCallback(
    async ({ before, after }: Respelling) => {
      const query = { find: before, replace: after };
      // Only an offer: without an answer there is none.
      const found = await previewReplacement(id, transcriptId, query).catch(() => null);
      if (!found?.matches.length) return;
      notifyWithAction({
        message: `“${query.find}” stands in ${formatCount(found.matches.length, 'more place')}.`,
        action: 'Fix everywhere…',
        onAction: () => fixEverywhere(query),
      });
    },
    [id, transcriptId, fixEverywhere],
  );
}
