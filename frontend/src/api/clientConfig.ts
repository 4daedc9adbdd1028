/** How the generated client speaks to the server: same origin, CSRF token, errors as ApiError. */

import { ApiError, getCsrfToken, toApiError } from './errors';
import type { CreateClientConfig } from './generated/client.gen';

async function readAnswer(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function fetchFromServer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (request.method !== 'GET') request.headers.set('X-CSRFToken', getCsrfToken());
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      message: 'Earshot can’t be reached.',
      remedy: 'Check that it is running and that you are online, then try again.',
    });
  }
  if (!response.ok) throw toApiError(response.status, await readAnswer(response));
  return response;
}

export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: window.location.origin,
  fetch: fetchFromServer,
  throwOnError: true,
});
