import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Excerpt, News, Permissions, SessionDetail, TranscriptOnItsWay } from '@/api';
import { makeExcerpt, makePlacing } from '@/testing/makeEvidence';
import { makeChange, makeNews } from '@/testing/makeHistory';
import {
  makeJob,
  makeSegment,
  makeSessionDetail,
  makeSource,
  makeTranscript,
} from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from './SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** What was asked of the server that changes something. */
let asked: { method: string; path: string; body: unknown }[];

interface Room {
  session?: SessionDetail;
  transcript?: TranscriptOnItsWay;
  excerpts?: Excerpt[];
  news?: Partial<News>;
}

function serve({
  session = makeSessionDetail(),
  transcript = makeTranscript(),
  excerpts = [],
  news = {},
}: Room) {
  const page = (results: unknown[]) => ({
    count: results.length,
    next: null,
    previous: null,
    results,
  });
  const record = async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/workspaces/team', '');
    asked.push({ method: request.method, path, body: await request.json().catch(() => null) });
  };
  server.use(
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(session)),
    http.get(`${API}/sessions/session-1/transcript`, () => HttpResponse.json(transcript)),
    http.get(`${API}/transcripts/transcript-1`, () => HttpResponse.json(transcript)),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page(excerpts), people: 1 })),
    http.get(`${API}/personas`, () => HttpResponse.json(page([{ id: 'persona-1', name: 'Maya' }]))),
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews(news))),
    http.get(`${API}/reviews`, () => HttpResponse.json(page([]))),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/memos`, () => HttpResponse.json(page([]))),
    http.get(`${API}/members`, () => HttpResponse.json([])),
    http.get(`${API}/tags`, () => HttpResponse.json({ results: [] })),
    http.get(`${API}/sources/source-1/place`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/sources/source-1/peaks`, () =>
      HttpResponse.json({ version: 1, samples_per_second: 10, length: 2, peaks: [10, 90] }),
    ),
    http.post(`${API}/excerpts`, async ({ request }) => {
      await record(request);
      return HttpResponse.json(
        makeExcerpt({ id: 'excerpt-9', text: 'wait on hold', first_word_id: 6, last_word_id: 8 }),
        {
          status: 201,
        },
      );
    }),
    http.patch(`${API}/placings/:id`, async ({ request }) => {
      await record(request);
      return HttpResponse.json(excerpts[0]);
    }),
    http.delete(`${API}/excerpts/:id`, async ({ request }) => {
      await record(request);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

const open = (room: Room = {}, permissions: Partial<Permissions> = {}, at = '') => {
  serve(room);
  return renderInApp(<SessionPage />, {
    at: `/w/team/sessions/session-1${at}`,
    route: '/w/:workspaceId/sessions/:sessionId',
    permissions,
  });
};

/** Chooses words as the keyboard does: from one word on, and so many further. */
async function chooseWords(from: number, further: number) {
  const transcript = await screen.findByRole('region', { name: 'Transcript' });
  act(() => transcript.focus());
  for (let step = 0; step <= from; step += 1) fireEvent.keyDown(transcript, { key: 'ArrowRight' });
  for (let step = 0; step < further; step += 1) {
    fireEvent.keyDown(transcript, { key: 'ArrowRight', shiftKey: true });
  }
  return transcript;
}

/** A wide window: the panel with the excerpts stands beside the text. */
function widen() {
  const narrow = window.matchMedia;
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({
    ...narrow(query),
    matches: query.includes('min-width'),
  }));
}

beforeEach(() => {
  widen();
  asked = [];
});

describe('a transcript', () => {
  it('is shown as text, with who speaks beside it', async () => {
    open();
    expect(await screen.findByText('I wait on hold for twenty minutes.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^P01/ })).toBeInTheDocument();
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
  });

  it('teaches how to mark while there is no excerpt', async () => {
    open();
    expect(await screen.findByText('No excerpt yet')).toBeInTheDocument();
    expect(screen.getByText(/press 1–6/)).toBeInTheDocument();
  });

  it('says plainly that a draft is one, and offers to transcribe again', async () => {
    open({
      transcript: makeTranscript({ is_draft: true, notice: 'Whisper’s weights are absent.' }),
    });
    expect(await screen.findByText('Rough draft')).toBeInTheDocument();
    expect(screen.getByText('Whisper’s weights are absent.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Transcribe again…' })).toBeInTheDocument();
  });
});

describe('what should be listened to first', () => {
  const transcript = makeTranscript({
    speech: [
      [0, 3000],
      [17_300, 30_000],
    ],
    segments: [
      makeSegment(0, 1, 'How do you book?', 'speaker-2'),
      { ...makeSegment(1, 40, 'I wait on hold.'), doubt: 'loop', doubtful: [[1, 2]] },
      { ...makeSegment(2, 60, ''), word_id_runs: [], words: [], doubt: 'gap', end_ms: 32_000 },
    ],
  });

  it('has a sign with words, and a key that leads there', async () => {
    open({ transcript });
    expect(
      await screen.findByRole('button', {
        name: 'The recogniser repeated itself here: listen first',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('group', { name: '1 passage to listen to first' })).toBeInTheDocument();
    fireEvent.keyDown(document.body, { key: 'l' });
    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
  });

  it('shows pauses and missing text as what they are', async () => {
    open({ transcript });
    expect(await screen.findByText('— 14 s pause —')).toBeInTheDocument();
    expect(screen.getByText(/^Missing text: .* could not be recognised$/)).toBeInTheDocument();
  });
});

describe('marking with keys', () => {
  it('places the chosen words, for the persona of whoever speaks', async () => {
    open();
    const transcript = await chooseWords(5, 2);
    fireEvent.keyDown(transcript, { key: '5' });
    expect(await screen.findByRole('button', { name: /wait on hold/ })).toBeInTheDocument();
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/excerpts',
      body: {
        transcript_id: 'transcript-1',
        first_word_id: 6,
        last_word_id: 8,
        placings: [{ quadrant: 'pain', aspect: '', persona_id: 'persona-1' }],
      },
    });
  });

  it('proposes no persona for what the moderator says', async () => {
    open();
    const transcript = await chooseWords(0, 1);
    fireEvent.keyDown(transcript, { key: '3' });
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0].body).toMatchObject({ placings: [{ quadrant: 'hear', persona_id: null }] });
  });

  it('leaves a key without chosen words alone', async () => {
    open();
    const transcript = await screen.findByRole('region', { name: 'Transcript' });
    fireEvent.keyDown(transcript, { key: '5' });
    fireEvent.keyDown(transcript, { key: 'Delete' });
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it('switches the aspect of an excerpt that is placed already', async () => {
    const placing = makePlacing({ quadrant: 'think_feel', aspect: 'think' });
    open({ excerpts: [makeExcerpt({ placings: [placing] })] }, {}, '?excerpt=excerpt-1');
    const transcript = await screen.findByRole('region', { name: 'Transcript' });
    await waitFor(() => {
      expect(screen.getByRole('button', { expanded: true, name: /reminder/ })).toBeInTheDocument();
    });
    fireEvent.keyDown(transcript, { key: '1' });
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ path: '/placings/placing-1', body: { aspect: 'feel' } });
  });

  it('deletes the chosen excerpt', async () => {
    open({ excerpts: [makeExcerpt()] });
    await userEvent.click(await screen.findByRole('button', { name: /The reminder came/ }));
    fireEvent.keyDown(document.body, { key: 'Delete' });
    await waitFor(() =>
      expect(asked).toMatchObject([{ method: 'DELETE', path: '/excerpts/excerpt-1' }]),
    );
    await waitFor(() =>
      expect(screen.queryByText('The reminder came a day late.')).not.toBeInTheDocument(),
    );
  });
});

describe('undo and redo', () => {
  const change = makeChange({ undone_at: '2026-11-22T10:00:00Z', excerpt_ids: ['excerpt-1'] });
  const undoing = (asked: string[]) =>
    server.use(
      http.post(`${API}/sessions/session-1/undo`, ({ request }) => {
        asked.push(new URL(request.url).pathname);
        return HttpResponse.json({
          ...makeNews({ latest: 2, changes: [change], deleted_excerpt_ids: ['excerpt-1'] }),
          change,
        });
      }),
    );

  it('say what they would change, and do it by a key', async () => {
    const sent: string[] = [];
    open({
      excerpts: [makeExcerpt()],
      news: { latest: 1, undo: { id: 'change-1', summary: 'Marked “the reminder came”' } },
    });
    undoing(sent);
    const undo = await screen.findByRole('button', { name: 'Undo: Marked “the reminder came”' });
    expect(undo).toHaveAttribute('aria-disabled', 'false');
    expect(screen.getByRole('button', { name: 'Nothing to redo' })).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: /The reminder came/ })).toBeInTheDocument();
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(await screen.findByText('Undone: Marked “the reminder came”')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /The reminder came/ })).not.toBeInTheDocument(),
    );
  });

  it('leave a field its own undo', async () => {
    const sent: string[] = [];
    open({ excerpts: [makeExcerpt()] });
    undoing(sent);
    await userEvent.click(await screen.findByRole('button', { name: /The reminder came/ }));
    const field = await screen.findByRole('combobox', { name: 'What they feel, in their words' });
    fireEvent.keyDown(field, { key: 'z', ctrlKey: true });
    fireEvent.keyDown(field, { key: '5' });
    expect(sent).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('a role that may only look', () => {
  it('reads and listens, and changes nothing', async () => {
    open({ excerpts: [makeExcerpt()] }, { may_edit_research: false });
    const transcript = await chooseWords(5, 2);
    fireEvent.keyDown(transcript, { key: '5' });
    expect(screen.queryByRole('button', { name: /change the speaker/ })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: /The reminder came/ }));
    fireEvent.keyDown(document.body, { key: 'Delete' });
    expect(asked).toEqual([]);
    expect(screen.getAllByRole('button', { name: /^Play/ }).length).toBeGreaterThan(0);
  });
});

describe('notes', () => {
  const file = {
    id: 'file-1',
    name: 'talk.vtt',
    format: 'vtt',
    size_bytes: 400,
    transcript_id: 'transcript-1',
    skipped: [],
    original_url: '/api/workspaces/team/imported-files/file-1/original',
  };
  it.each([
    ['written here are written again as a whole', [], 1],
    ['made elsewhere, with turns and times, are edited in their place', [file], 0],
  ])('%s', async (_, imported_files, count) => {
    const source = makeSource({ kind: 'text', media: null, imported_files });
    open({ session: makeSessionDetail({ sources: [source] }) });
    await screen.findByRole('region', { name: 'Transcript' });
    expect(screen.queryAllByRole('button', { name: 'Edit the notes' })).toHaveLength(count);
  });
});

describe('a recording on its way', () => {
  it('that failed says why and what to do', async () => {
    const error = { message: 'This file holds no sound.', remedy: 'Choose another recording.' };
    const session = makeSessionDetail({
      state: 'failed',
      sources: [makeSource({ transcript: null })],
      jobs: [makeJob({ kind: 'prepare_media', state: 'failed', error })],
    });
    open({ session });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This file holds no sound. Choose another recording.');
    expect(within(alert).getByRole('button', { name: 'Retry from here' })).toBeInTheDocument();
  });

  it('has not begun: the page says how to begin', async () => {
    open({ session: makeSessionDetail({ state: 'empty', sources: [] }) });
    expect(
      await screen.findByText('Drop the recording or its transcript here'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Write notes' })).toBeInTheDocument();
  });
});
