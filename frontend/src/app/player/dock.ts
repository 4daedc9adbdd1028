/** A page that shows its own controls for a recording asks the bar to step aside. */

import { useEffect, useSyncExternalStore } from 'react';

let dockedSourceId = '';
const listeners = new Set<() => void>();

function setDocked(sourceId: string) {
  dockedSourceId = sourceId;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** While the calling page is shown, the bar is hidden for this recording. */
export function usePlayerDock(sourceId: string): void {
  useEffect(() => {
    setDocked(sourceId);
    return () => setDocked('');
  }, [sourceId]);
}

export function useDockedSourceId(): string {
  return useSyncExternalStore(subscribe, () => dockedSourceId);
}
