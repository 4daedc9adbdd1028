/** Tells the server where somebody stopped typing, so that what nobody finds is known. */

import { useEffect, useRef } from 'react';
import { noteSearch } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { countFilters, type SearchState } from '../searchState';

const SETTLED_MS = 2500;

/** Words that stay in the box for a while, without filters: those hide what there is. */
export function useNoteSearch(state: SearchState): void {
  const { id } = useWorkspace();
  const noted = useRef('');
  const words = countFilters(state) === 0 ? state.words.trim() : '';
  useEffect(() => {
    if (!words || words === noted.current) return;
    const timer = window.setTimeout(() => {
      noted.current = words;
      // Nobody waits for this, and nothing is lost without it.
      noteSearch(id, words).catch(() => undefined);
    }, SETTLED_MS);
    return () => window.clearTimeout(timer);
  }, [id, words]);
}
