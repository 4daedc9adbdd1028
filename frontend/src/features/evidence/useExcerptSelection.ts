/** The excerpts a person has chosen to do something with. */

import { useMemo, useState } from 'react';
import type { Excerpt } from '@/api';

export interface ExcerptSelection {
  excerpts: Excerpt[];
  has: (excerptId: string) => boolean;
  toggle: (excerpt: Excerpt) => void;
  clear: () => void;
}

export function useExcerptSelection(): ExcerptSelection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Excerpt>>(new Map());
  return useMemo(
    () => ({
      excerpts: [...chosen.values()],
      has: (excerptId) => chosen.has(excerptId),
      toggle: (excerpt) =>
        setChosen((before) => {
          const after = new Map(before);
          if (!after.delete(excerpt.id)) after.set(excerpt.id, excerpt);
          return after;
        }),
      clear: () => setChosen(new Map()),
    }),
    [chosen],
  );
}
