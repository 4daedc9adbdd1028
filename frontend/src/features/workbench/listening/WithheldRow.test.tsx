import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeNews } from '@/testing/makeHistory';
import { makeSegment, makeSessionDetail, makeSource, makeTranscript } from '@/testing/makeSession';
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

const page = { count: 0, next: null, previous: null, results: [] };
const SEGMENTS = [makeSegment(0, 1, 'How do you book?', 'speaker-2'), THEIRS];
/** A wide window: the panel with the excerpts stands beside the text. */
beforeEach(() => {
  const narrow = window.matchMedia;
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({
    ...narrow(query),
    matches: query.includes('min-width'),
  }));
});
afterEach(() => vi.restoreAllMocks());

/** The files of the recording that were asked for. */
let asked: string[];

function serve(source = makeSource()) {
  asked = [];
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/sources/source-1/place`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/sources/source-1/peaks`, ({ request }) => {
      asked.push(request.url);
      return HttpResponse.json({ version: 1, samples_per_second: 10, length: 1, peaks: [10] });
    }),
    http.get(`${API}/sessions/session-1`, () =>
      HttpResponse.json(makeSessionDetail({ sources: [source] })),
    ),
    http.get(`${API}/transcripts/transcript-1`, () =>
      HttpResponse.json(makeTranscript({ segments: SEGMENTS })),
    ),
    http.get(`${API}/transcripts/transcript-1/talk-share`, () =>
      HttpResponse.json({ speech_ms: 0, speakers: [] }),
    ),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(/./, () => HttpResponse.json(page)),
  );
  renderInApp(<SessionPage />, {
    at: '/w/team/sessions/session-1',
    route: '/w/:workspaceId/sessions/:sessionId',
  });
}

it('says who took back their consent, where their words stood, and lets nobody edit there', async () => {
  serve(makeSource({ withdrawn: ['P01'] }));
  const transcript = await screen.findByRole('region', { name: 'Transcript' });
  const row = await within(transcript).findByText('Not shown: P01 took back their consent.');
  expect(within(transcript).getByText('How do you book?')).toBeInTheDocument();
  fireEvent.doubleClick(row);
  expect(within(transcript).queryByRole('textbox')).not.toBeInTheDocument();
  expect(screen.getByRole('region', { name: 'Consent' })).toHaveTextContent(
    'The recording still plays, since others agree.',
  );
  expect(screen.getByRole('button', { name: 'Play' })).toBeInTheDocument();
  await waitFor(() => expect(asked).toHaveLength(1));
});

it('offers nothing to play where nobody agrees any more, and says what was kept', async () => {
  const { media } = makeSource();
  const closed = media && { ...media, media_url: null, peaks_url: null, original_url: null };
  serve(makeSource({ withdrawn: ['P01'], is_closed: true, media: closed }));
  const notice = await screen.findByRole('region', { name: 'Consent' });
  expect(notice).toHaveTextContent(
    'P01 took back their consent: the recording and what they said are kept, but nobody can play or read them unless they agree again.',
  );
  expect(await screen.findByText('How do you book?')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^Play/ })).not.toBeInTheDocument();
  expect(await screen.findByText('No excerpt to show')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('tab', { name: 'About' }));
  expect(await screen.findByRole('heading', { name: 'Recording' })).toBeInTheDocument();
  for (const name of [/Transcribe again/, /Find speakers/, /transcript made elsewhere/]) {
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  }
  expect(screen.queryByRole('link', { name: 'Download the original' })).not.toBeInTheDocument();
  expect(asked).toEqual([]);
});
