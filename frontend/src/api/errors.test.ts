import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError, listJobs, search, updateWorkspace } from '@/api';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const API = '*/api/workspaces/team';

async function catchError(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('an error of the server', () => {
  it('keeps the words and the fields it was given', async () => {
    const answer = {
      code: 'invalid',
      message: 'The name is missing.',
      remedy: 'Give one.',
      fields: { name: ['Missing.'] },
    };
    server.use(http.patch(`${API}/`, () => HttpResponse.json(answer, { status: 400 })));
    const error = await catchError(updateWorkspace('team', { name: '' }));
    expect(error).toMatchObject({ status: 400, ...answer });
  });

  it('has words of its own where the server sent none', async () => {
    server.use(http.get(`${API}/jobs`, () => new HttpResponse('<h1>502</h1>', { status: 502 })));
    const error = await catchError(listJobs('team'));
    expect(error.message).toBe('The server could not answer.');
    expect(error.remedy).toMatch(/try again/i);
  });

  it('says that a lost connection is one', async () => {
    server.use(http.get(`${API}/jobs`, () => HttpResponse.error()));
    const error = await catchError(listJobs('team'));
    expect(error).toMatchObject({ status: 0, code: 'unreachable' });
  });
});

describe('a request', () => {
  it('that changes something carries the CSRF token, and one that reads does not', async () => {
    const tokens: (string | null)[] = [];
    // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no Cookie Store
    document.cookie = 'csrftoken=abc123';
    server.use(
      http.patch(`${API}/`, ({ request }) => {
        tokens.push(request.headers.get('X-CSRFToken'));
        return HttpResponse.json({});
      }),
      http.get(`${API}/jobs`, ({ request }) => {
        tokens.push(request.headers.get('X-CSRFToken'));
        return HttpResponse.json({ results: [] });
      }),
    );
    await updateWorkspace('team', { name: 'New' });
    await listJobs('team');
    expect(tokens).toEqual(['abc123', null]);
  });

  it('repeats a filter for each choice', async () => {
    let asked = '';
    server.use(
      http.get(`${API}/search`, ({ request }) => {
        asked = new URL(request.url).search;
        return HttpResponse.json({});
      }),
    );
    await search('team', { q: 'late & lost', quadrant: ['pain', 'gain'], key_quote: true });
    expect(new URLSearchParams(asked).getAll('quadrant')).toEqual(['pain', 'gain']);
    expect(new URLSearchParams(asked).get('q')).toBe('late & lost');
  });
});
