import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Permissions, Review } from '@/api';
import { makeExcerpt } from '@/testing/makeEvidence';
import { makeNews } from '@/testing/makeHistory';
import { makeSessionDetail, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** What was decided, as the server heard it. */
let decided: { path: string; body: unknown }[];
let reviews: Review[];

function makeReview(changes: Partial<Review>): Review {
  return {
    id: 'review-1',
    outcome: 'uncertain',
    state: 'open',
    old_text: 'I wait on the phone',
    old_transcript_id: 'transcript-0',
    transcript_id: 'transcript-1',
    proposed_text: 'I wait on hold',
    proposed_first_word_id: 5,
    proposed_last_word_id: 8,
    start_ms: 2500,
    end_ms: 4000,
    excerpt: makeExcerpt({ transcript_id: 'transcript-0', text: 'I wait on the phone' }),
    resolved_by: null,
    resolved_at: null,
    ...changes,
  };
}

const STATES = { accept: 'accepted', keep: 'kept', reopen: 'open' } as const;

function serve() {
  const page = { count: 0, next: null, previous: null, results: [] };
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail())),
    http.get(`${API}/transcripts/transcript-1`, () => HttpResponse.json(makeTranscript())),
    http.get(`${API}/reviews`, () => HttpResponse.json({ ...page, results: reviews })),
    http.post(`${API}/reviews/:id/:action`, async ({ request, params }) => {
      const body = await request.json().catch(() => null);
      decided.push({ path: `${params.id} ${params.action}`, body });
      const state = STATES[params.action as keyof typeof STATES];
      reviews = reviews.map((one) => (one.id === params.id ? { ...one, state } : one));
      return HttpResponse.json(reviews.find((one) => one.id === params.id));
    }),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(`${API}/sessions/:sessionId/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(/./, () => HttpResponse.json(page)),
  );
}

async function open(permissions: Partial<Permissions> = {}) {
  serve();
  renderInApp(<SessionPage />, {
    at: '/w/team/sessions/session-1',
    route: '/w/:workspaceId/sessions/:sessionId',
    permissions,
  });
  await userEvent.click(await screen.findByRole('button', { name: /^Review 2 excerpts/ }));
  return screen.getByRole('region', { name: 'Review of excerpts in the new version' });
}

const press = (key: string) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
  });

beforeEach(() => {
  decided = [];
  reviews = [
    makeReview({}),
    makeReview({
      id: 'review-2',
      outcome: 'uncertain',
      old_text: 'It was on paper',
      proposed_text: '',
      proposed_first_word_id: null,
      proposed_last_word_id: null,
    }),
  ];
});

it('shows old and new side by side, with what differs marked', async () => {
  const dock = await open();
  expect(within(dock).getByText('the phone').tagName).toBe('DEL');
  expect(within(dock).getByText('hold').tagName).toBe('INS');
  expect(within(dock).getByRole('button', { name: /Play as it was marked/ })).toBeInTheDocument();
  expect(within(dock).getByRole('button', { name: /Play proposed/ })).toBeInTheDocument();
});

it('is decided by keys, goes on to the next, and is undone', async () => {
  const dock = await open();
  await press('a');
  await waitFor(() => expect(decided).toEqual([{ path: 'review-1 accept', body: {} }]));
  expect(await within(dock).findByText('Review 2 of 2')).toBeInTheDocument();
  expect(within(dock).getByText(/Nothing like it was found/)).toBeInTheDocument();
  await press('x');
  await waitFor(() => expect(decided).toHaveLength(2));
  expect(decided[1].path).toBe('review-2 keep');
  expect(await within(dock).findByText(/That was the last one/)).toBeInTheDocument();
  await press('u');
  await waitFor(() => expect(decided[2]?.path).toBe('review-2 reopen'));
  await press('k');
  expect(await within(dock).findByText('Review 1 of 2')).toBeInTheDocument();
  expect(within(dock).getByText(/^Accepted/)).toBeInTheDocument();
});

it('takes other words that were chosen in the text', async () => {
  const dock = await open();
  await press('j');
  await press('o');
  expect(within(dock).getByRole('status')).toHaveTextContent('Choose the right words in the text');
  const transcript = screen.getByRole('region', { name: 'Transcript' });
  // Near where it was heard, ready for the keyboard.
  expect(transcript).toHaveFocus();
  for (const step of [0, 1, 2]) {
    fireEvent.keyDown(transcript, { key: 'ArrowRight', shiftKey: step > 0 });
  }
  await press('o');
  await waitFor(() =>
    expect(decided).toEqual([
      { path: 'review-2 accept', body: { first_word_id: 6, last_word_id: 8 } },
    ]),
  );
});

it('says so when a decision was not saved, and keeps the place', async () => {
  const dock = await open();
  server.use(
    http.post(`${API}/reviews/:id/accept`, () =>
      HttpResponse.json(
        { message: 'The excerpt is gone.', remedy: 'Look again.' },
        { status: 409 },
      ),
    ),
  );
  await press('a');
  expect(await within(dock).findByText(/Not saved: The excerpt is gone/)).toBeInTheDocument();
  expect(within(dock).getByText('Review 1 of 2')).toBeInTheDocument();
});

it('can be looked at, but not decided, by those who may not', async () => {
  const dock = await open({ may_edit_research: false });
  await press('a');
  expect(within(dock).queryByRole('button', { name: /Accept/ })).not.toBeInTheDocument();
  expect(decided).toEqual([]);
});

it('accepts all that only have other words at once', async () => {
  reviews = reviews.map((one) => ({ ...one, outcome: 'reworded' }));
  const dock = await open();
  server.use(
    http.post(`${API}/sources/:id/accept-reworded`, () => {
      reviews = reviews.map((one) => ({ ...one, state: 'accepted' }));
      return HttpResponse.json({ accepted: 2 });
    }),
  );
  await userEvent.click(within(dock).getByRole('button', { name: /^Accept all 2/ }));
  expect(await within(dock).findByText('2 excerpts accepted with other words.')).toBeVisible();
  await waitFor(() =>
    expect(within(dock).queryByRole('button', { name: /^Accept all/ })).not.toBeInTheDocument(),
  );
});
