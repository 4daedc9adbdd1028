/** How answers of the server are kept and asked for again. */

import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, keys } from '@/api';

function isWorthRetrying(failureCount: number, error: unknown): boolean {
  const isAnswer = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !isAnswer && failureCount < 2;
}

// At the end of the task, so that what a key changed is painted in the very next frame.
notifyManager.setScheduler(queueMicrotask);

export function createQueryClient(): QueryClient {
  const forgetSignInWhenSignedOut = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) {
      void client.invalidateQueries({ queryKey: keys.signIn() });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: forgetSignInWhenSignedOut }),
    mutationCache: new MutationCache({ onError: forgetSignInWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: isWorthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  return client;
}
