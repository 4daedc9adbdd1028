/** One door to the server: JSON in and out, the CSRF token, and errors people can act on. */

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  readonly fields: Record<string, string[]>;

  constructor(answer: {
    status: number;
    code?: string;
    message: string;
    remedy?: string;
    fields?: Record<string, string[]>;
  }) {
    super(answer.message);
    this.name = 'ApiError';
    this.status = answer.status;
    this.code = answer.code ?? '';
    this.remedy = answer.remedy ?? '';
    this.fields = answer.fields ?? {};
  }
}

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

interface RequestOptions {
  query?: Record<string, QueryValue>;
  body?: unknown;
  signal?: AbortSignal;
}

export function getCsrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

export function buildQuery(query: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

const FALLBACKS: Record<number, [message: string, remedy: string]> = {
  401: ['You are signed out.', 'Sign in again; nothing you saved is lost.'],
  403: ['Your role may not do this.', 'Ask an owner of the workspace.'],
  404: ['This is not here.', 'It may have been deleted, or it belongs to another workspace.'],
  413: ['This is too large to store.', 'Ask an owner to free storage or raise the limit.'],
  429: ['That was a little too fast.', 'Wait a moment and try again.'],
};

export function toApiError(status: number, answer: unknown): ApiError {
  const given = (answer && typeof answer === 'object' ? answer : {}) as Record<string, unknown>;
  const [message, remedy] = FALLBACKS[status] ?? [
    'The server could not answer.',
    'Nothing was changed. Try again in a moment.',
  ];
  return new ApiError({
    status,
    code: typeof given.code === 'string' ? given.code : '',
    message: typeof given.message === 'string' && given.message ? given.message : message,
    remedy: typeof given.remedy === 'string' && given.message ? given.remedy : remedy,
    fields: (given.fields as Record<string, string[]>) ?? {},
  });
}

export const UNREACHABLE = new ApiError({
  status: 0,
  code: 'unreachable',
  message: 'Earshot can’t be reached.',
  remedy: 'Check that it is running and that you are online, then try again.',
});

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  if (method !== 'GET') headers['X-CSRFToken'] = getCsrfToken();
  const url = path + buildQuery(options.query ?? {});
  try {
    return await fetch(url, {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw UNREACHABLE;
  }
}

export async function request<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text ? JSON.parse(text) : undefined;
  } catch {
    answer = undefined;
  }
  if (!response.ok) throw toApiError(response.status, answer);
  return answer as Answer;
}
