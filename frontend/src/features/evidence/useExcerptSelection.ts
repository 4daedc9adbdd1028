/** The excerpts a person has chosen to do something with. */

import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { type Excerpt, keys } from '@/api';
import { useWorkspace } from '@/app/workspace';

export interface ExcerptSelection {
  excerpts: readonly Excerpt[];
  has: (excerptId: string) => boolean;
  toggle: (excerpt: Excerpt) => void;
  /** As toggle, for all from the one that was toggled last to this one, as `list` has them. */
  toggleTo: (excerpt: Excerpt, list: readonly Excerpt[]) => void;
  /** Chooses all of these, or lets go of them. */
  set: (excerpts: readonly Excerpt[], isChosen: boolean) => void;
  clear: () => void;
}

/** All from one excerpt to another, both included; only the last where the first is not there. */
export function pickRange(
  list: readonly Excerpt[],
  fromId: string | null,
  to: Excerpt,
): readonly Excerpt[] {
  const [from, end] = [fromId, to.id].map((id) => list.findIndex((one) => one.id === id));
  if (from < 0 || end < 0) return [to];
  return list.slice(Math.min(from, end), Math.max(from, end) + 1);
}

type Change = (change: (before: readonly Excerpt[]) => readonly Excerpt[]) => void;

function makeSelection(
  excerpts: readonly Excerpt[],
  change: Change,
  lastToggled: { current: string | null },
): ExcerptSelection {
  const ids = new Set(excerpts.map((excerpt) => excerpt.id));
  const set = (some: readonly Excerpt[], isChosen: boolean) =>
    change((before) => {
      const touched = new Set(some.map((excerpt) => excerpt.id));
      const known = new Set(before.map((excerpt) => excerpt.id));
      if (!isChosen) return before.filter((excerpt) => !touched.has(excerpt.id));
      return [...before, ...some.filter((excerpt) => !known.has(excerpt.id))];
    });
  const toggleSome = (some: readonly Excerpt[], last: Excerpt) => {
    lastToggled.current = last.id;
    set(some, !ids.has(last.id));
  };
  return {
    excerpts,
    has: (excerptId) => ids.has(excerptId),
    toggle: (excerpt) => toggleSome([excerpt], excerpt),
    toggleTo: (excerpt, list) => toggleSome(pickRange(list, lastToggled.current, excerpt), excerpt),
    set,
    clear: () => change(() => []),
  };
}

/** Lives as long as the list that it belongs to. */
export function useExcerptSelection(): ExcerptSelection {
  const [excerpts, change] = useState<readonly Excerpt[]>([]);
  const lastToggled = useRef<string | null>(null);
  return useMemo(() => makeSelection(excerpts, change, lastToggled), [excerpts]);
}

const NOTHING: readonly Excerpt[] = [];

/** Survives leaving the page: whoever opens a transcript finds the selection as it was. */
export function useKeptSelection(list: string): ExcerptSelection {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const lastToggled = useRef<string | null>(null);
  const key = useMemo(() => keys.selection(id, list), [id, list]);
  const { data: excerpts = NOTHING } = useQuery<readonly Excerpt[]>({
    queryKey: key,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const change: Change = (next) =>
      client.setQueryData<readonly Excerpt[]>(key, (before = NOTHING) => next(before));
    return makeSelection(excerpts, change, lastToggled);
  }, [client, excerpts, key]);
}
