/** Errors of the server that people can act on. */

interface ErrorAnswer {
  status: number;
  code?: string;
  message: string;
  remedy?: string;
  fields?: Record<string, string[]>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  readonly fields: Record<string, string[]>;

  constructor(answer: ErrorAnswer) {
    super(answer.message);
    this.name = 'ApiError';
    this.status = answer.status;
    this.code = answer.code ?? '';
    this.remedy = answer.remedy ?? '';
    this.fields = answer.fields ?? {};
  }
}

export function getCsrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

const FALLBACKS: Record<number, [message: string, remedy: string]> = {
  401: ['You are signed out.', 'Sign in again; nothing you saved is lost.'],
  403: ['Your role may not do this.', 'Ask an owner of the workspace.'],
  404: ['This is not here.', 'It may have been deleted, or it belongs to another workspace.'],
  413: ['This is too large to store.', 'Ask an owner to free storage or raise the limit.'],
  429: ['That was a little too fast.', 'Wait a moment and try again.'],
};

/** An error from a refused answer; where it says nothing, in words for its status. */
export function toApiError(status: number, answer: unknown): ApiError {
  const given = (answer && typeof answer === 'object' ? answer : {}) as Partial<ErrorAnswer>;
  const [message, remedy] = FALLBACKS[status] ?? [
    'The server could not answer.',
    'Nothing was changed. Try again in a moment.',
  ];
  if (typeof given.message !== 'string' || !given.message) {
    return new ApiError({ status, message, remedy });
  }
  return new ApiError({
    status,
    code: given.code,
    message: given.message,
    remedy: given.remedy,
    fields: given.fields,
  });
}
