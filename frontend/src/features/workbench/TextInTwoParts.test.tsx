import { screen, waitFor } from '@testing-library/react';
import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeNews } from '@/testing/makeHistory';
import { makeSegment, makeSessionDetail, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from './SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const PASSAGES = Array.from({ length: 130 }, (_, index) =>
  makeSegment(index * 100, index * 100, `Passage ${index}`),
);
const NOTHING = { count: 0, next: null, previous: null, results: [] };

/** Serves the first passages at once and those after a position as `answerRest` does. */
function open(answerRest: (from: number) => Response | Promise<Response>, at = '') {
  server.use(
    http.get(`${API}/sessions/session-1/transcript`, ({ request }) => {
      const first = Number(new URL(request.url).searchParams.get('first'));
      return HttpResponse.json(makeTranscript({ segments: PASSAGES.slice(0, first) }));
    }),
    http.get(`${API}/transcripts/transcript-1`, ({ request }) =>
      answerRest(Number(new URL(request.url).searchParams.get('after_position') ?? -1)),
    ),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail())),
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...NOTHING, people: 0 })),
    ...['personas', 'reviews', 'memos'].map((room) =>
      http.get(`${API}/${room}`, () => HttpResponse.json(NOTHING)),
    ),
    http.get(`${API}/members`, () => HttpResponse.json([])),
    http.get(`${API}/tags`, () => HttpResponse.json({ results: [] })),
    http.get(`${API}/sources/source-1/place`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/sources/source-1/peaks`, () =>
      HttpResponse.json({ version: 1, samples_per_second: 10, length: 2, peaks: [10, 90] }),
    ),
  );
  renderInApp(<SessionPage />, {
    at: `/w/team/sessions/session-1${at}`,
    route: '/w/:workspaceId/sessions/:sessionId',
  });
}

const answerFrom = (from: number) =>
  HttpResponse.json(
    makeTranscript({ segments: PASSAGES.filter(({ position }) => position > from) }),
  );

const listShown = () =>
  [...document.querySelectorAll('[data-segment]')].map(({ textContent }) => textContent);

describe('a text that comes in two parts', () => {
  it('can be read before its rest is there, and then is whole', async () => {
    let sendRest = () => {};
    const wanted = new Promise<void>((resolve) => {
      sendRest = resolve;
    });
    open(async (from) => {
      await wanted;
      return answerFrom(from);
    });
    await screen.findByText('Passage 119');
    expect(listShown()).toHaveLength(120);
    sendRest();
    await screen.findByText('Passage 129');
    expect(listShown()).toEqual(PASSAGES.map(({ words }) => words.join(' ')));
  });

  it('waits for its rest where the address leads there', async () => {
    open(async (from) => {
      await delay(50);
      return answerFrom(from);
    }, '?word=12800');
    await screen.findByText('Passage 129');
    expect(listShown()).toHaveLength(130);
  });

  it('says when only its beginning could be loaded, and tries again', async () => {
    let isBroken = true;
    open((from) =>
      isBroken
        ? HttpResponse.json({ code: 'refused', message: 'No.', remedy: '' }, { status: 400 })
        : answerFrom(from),
    );
    await screen.findByText('Only the beginning of the text could be loaded.');
    expect(listShown()).toHaveLength(120);
    isBroken = false;
    screen.getByRole('button', { name: 'Try again' }).click();
    await waitFor(() => expect(listShown()).toHaveLength(130));
  });
});
