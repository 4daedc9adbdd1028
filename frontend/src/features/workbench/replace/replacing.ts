/** Opening “Fix everywhere” from wherever a misheard word stands. */

import { createContext, useContext } from 'react';

export interface Misheard {
  find: string;
  replace: string;
}

export const ReplaceContext = createContext<(misheard: Misheard) => void>(() => {});

export function useFixEverywhere(): (misheard: Misheard) => void {
  return useContext(ReplaceContext);
}
