/** Keeps the whole search in the address, while the box follows every letter. */

import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { isBlank, readSearchState, type SearchState, writeSearchState } from './searchState';

const TYPING_PAUSE_MS = 80;

export interface SearchAddress {
  state: SearchState;
  /** What stands in the box; a moment ahead of `state`. */
  typed: string;
  type: (words: string) => void;
  /** Goes to another search; the browser's Back returns to this one. */
  change: (state: SearchState) => void;
}

/**
 * The address follows a choice when the page has time for it. Until then what was chosen counts,
 * so that two quick choices are both made.
 */
function useAhead(address: URLSearchParams) {
  const { key } = useLocation();
  const written = useMemo(() => readSearchState(address), [address]);
  const [ahead, setAhead] = useState<{ state: SearchState; from: string } | null>(null);
  const go = (state: SearchState) => setAhead({ state, from: key });
  return [ahead?.from === key ? ahead.state : written, go] as const;
}

export function useSearchAddress(): SearchAddress {
  const [address, setAddress] = useSearchParams();
  const [state, goAhead] = useAhead(address);
  const [typed, setTyped] = useState(state.words);
  const lastWritten = useRef(state.words);
  const write = useDebouncedCallback((words: string) => {
    lastWritten.current = words;
    // Back from a search leads to where it began, not through each of its letters.
    setAddress(writeSearchState({ ...state, words }), { replace: !isBlank(state) });
  }, TYPING_PAUSE_MS);
  useEffect(() => {
    if (state.words === lastWritten.current) return;
    lastWritten.current = state.words;
    setTyped(state.words);
  }, [state.words]);
  return {
    state,
    typed,
    type: (words) => {
      setTyped(words);
      write(words);
    },
    change: (next) => {
      write.cancel();
      lastWritten.current = next.words;
      setTyped(next.words);
      goAhead(next);
      setAddress(writeSearchState(next));
    },
  };
}
