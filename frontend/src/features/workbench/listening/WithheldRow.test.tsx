import { fireEvent, screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeNews } from '@/testing/makeHistory';
import { makeSegment, makeSessionDetail, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());

const THEIRS = {
  ...makeSegment(1, 40, '', 'speaker-1'),
  words: [],
  word_id_runs: [],
  gaps_ms: null,
  lengths_ms: null,
  is_withheld: true,
};

it('says who took back their consent, where their words stood, and lets nobody edit there', async () => {
  const page = { count: 0, next: null, previous: null, results: [] };
  const segments = [makeSegment(0, 1, 'How do you book?', 'speaker-2'), THEIRS];
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/sources/source-1/place`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail())),
    http.get(`${API}/transcripts/transcript-1`, () =>
      HttpResponse.json(makeTranscript({ segments })),
    ),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(/./, () => HttpResponse.json(page)),
  );
  renderInApp(<SessionPage />, {
    at: '/w/team/sessions/session-1',
    route: '/w/:workspaceId/sessions/:sessionId',
  });
  const transcript = await screen.findByRole('region', { name: 'Transcript' });
  const row = await within(transcript).findByText(
    /^\S+ took back their consent: what they said here is not shown\.$/,
  );
  expect(within(transcript).getByText('How do you book?')).toBeInTheDocument();
  fireEvent.doubleClick(row);
  expect(within(transcript).queryByRole('textbox')).not.toBeInTheDocument();
});
