/** Begins to read what a link leads to when somebody is about to follow it. */

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** A pointer that only passes by is gone by then. */
const REST_MS = 60;

async function begin(client: QueryClient, { pathname }: HTMLAnchorElement): Promise<void> {
  try {
    const { beginFromLink } = await import('@/features/workbench/SessionPage');
    beginFromLink(client, pathname);
  } catch {
    // Whoever follows the link hears of it.
  }
}

/** Listens for all links to sessions, wherever they are on the page. */
export function useLinkIntent(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer = 0;
    const over = ({ target }: PointerEvent) => {
      window.clearTimeout(timer);
      const link = (target as Element).closest<HTMLAnchorElement>('a[href*="/sessions/"]');
      if (!link || link.pathname === window.location.pathname) return;
      timer = window.setTimeout(() => void begin(client, link), REST_MS);
    };
    document.addEventListener('pointerover', over, { passive: true });
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('pointerover', over);
    };
  }, [client]);
}
