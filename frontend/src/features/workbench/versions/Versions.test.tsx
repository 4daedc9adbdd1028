import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Comparison, Permissions, TranscriptVersion } from '@/api';
import { makeNews } from '@/testing/makeHistory';
import { makeSessionDetail, makeSource, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => {
  server.resetHandlers();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

let asked: { path: string; body: unknown }[];
const reference = makeSource().transcript!;

function makeVersion(version: number, changes: Partial<TranscriptVersion>): TranscriptVersion {
  return {
    ...reference,
    id: `transcript-${version}`,
    version,
    is_current: false,
    corrections_count: 0,
    excerpt_count: 0,
    created_by: null,
    imported_name: null,
    ...changes,
  };
}

const VERSIONS = [
  makeVersion(2, { model: 'large-v3', word_count: 1204 }),
  makeVersion(1, { is_current: true, is_draft: true, excerpt_count: 3, corrections_count: 1 }),
];

const row = (kind: 'same' | 'changed', old: string, fresh: string, startMs: number) => ({
  kind,
  start_ms: startMs,
  end_ms: startMs + 900,
  old_text: old,
  new_text: fresh,
  old: [{ text: old, is_changed: kind === 'changed' }],
  new: [{ text: fresh, is_changed: kind === 'changed' }],
});

const COMPARISON: Comparison = {
  old: reference,
  new: { ...reference, version: 2 },
  same_words: 8,
  changed_words: 2,
  removed_words: 0,
  added_words: 0,
  rows: [
    row('same', 'How do you book?', 'How do you book?', 0),
    row('same', 'By phone.', 'By phone.', 1000),
    row('changed', 'eye weight', 'I wait', 2000),
  ],
};

function serve() {
  const page = { count: 0, next: null, previous: null, results: [] };
  const record = async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/workspaces/team', '');
    asked.push({ path, body: await request.json().catch(() => null) });
  };
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail())),
    http.get(`${API}/transcripts/transcript-1`, () => HttpResponse.json(makeTranscript())),
    http.get(`${API}/sources/source-1/transcripts`, () => HttpResponse.json({ results: VERSIONS })),
    http.get(`${API}/transcripts/:id/compare`, () => HttpResponse.json(COMPARISON)),
    http.get(`${API}/transcripts/:id/talk-share`, () =>
      HttpResponse.json({ speech_ms: 0, speakers: [] }),
    ),
    http.post(`${API}/transcripts/:id/make-current`, async ({ request, params }) => {
      await record(request);
      const counts = { carried: 2, reworded: 0, uncertain: 1 };
      return HttpResponse.json({ transcript_id: params.id, ...counts });
    }),
    http.post(`${API}/sources/source-1/transcribe`, async ({ request }) => {
      await record(request);
      return HttpResponse.json({ id: 'job-9' }, { status: 201 });
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
  await userEvent.click(await screen.findByRole('tab', { name: 'About' }));
  return screen.findByRole('list', { name: 'Versions of the text' });
}

beforeEach(() => {
  asked = [];
  const narrow = window.matchMedia;
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({
    ...narrow(query),
    matches: query.includes('min-width'),
  }));
});

it('tells how each version was made, and which is shown', async () => {
  const list = await open();
  const [second, first] = await within(list).findAllByRole('listitem');
  expect(second).toHaveTextContent('Version 2');
  expect(second).toHaveTextContent('whisper · large-v3 · English');
  expect(second).toHaveTextContent('1,204 words');
  expect(first).toHaveTextContent('Shown');
  expect(first).toHaveTextContent('Rough draft');
  expect(first).toHaveTextContent('3 excerpts, 1 correction');
});

it('brings another version back', async () => {
  const list = await open();
  await userEvent.click(
    await within(list).findByRole('button', { name: 'Use this one (version 2)' }),
  );
  await waitFor(() =>
    expect(asked).toEqual([{ path: '/transcripts/transcript-2/make-current', body: null }]),
  );
});

it('compares two versions: what differs in full, what is the same folded', async () => {
  const list = await open();
  await userEvent.click(await within(list).findByRole('button', { name: /^Compare/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Compare versions' });
  expect(await within(dialog).findByText(/8 words the same, 2 changed/)).toBeInTheDocument();
  expect(within(dialog).getByText('eye weight').tagName).toBe('DEL');
  expect(within(dialog).getByText('I wait').tagName).toBe('INS');
  expect(within(dialog).queryByText('By phone.')).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole('button', { name: /2 passages the same/ }));
  expect(within(dialog).getAllByText('By phone.')).toHaveLength(2);
});

it('asks for the text anew in the chosen language, for so many people', async () => {
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Transcribe again…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Transcribe again' });
  await userEvent.type(within(dialog).getByLabelText('How many people speak'), '3');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Transcribe again' }));
  await waitFor(() =>
    expect(asked).toEqual([
      { path: '/sources/source-1/transcribe', body: { language: 'en', expected_speakers: 3 } },
    ]),
  );
});

it('can be looked at, but not changed, by those who may not', async () => {
  const list = await open({ may_edit_research: false });
  expect(await within(list).findByRole('button', { name: /^Compare/ })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /^Use this one/ })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Transcribe again…' })).not.toBeInTheDocument();
});
