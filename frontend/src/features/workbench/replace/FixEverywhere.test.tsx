import { Notifications } from '@mantine/notifications';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeNews } from '@/testing/makeHistory';
import { makeSegment, makeSessionDetail, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let asked: { method: string; path: string; body: Record<string, unknown> }[];
beforeEach(() => {
  asked = [];
  // The toolbar stands where the words are; jsdom lays nothing out.
  const box = { top: 100, bottom: 120, left: 10, right: 60, width: 50, height: 20 } as DOMRect;
  vi.spyOn(Range.prototype, 'getClientRects').mockReturnValue([box] as unknown as DOMRectList);
});

const FIRST = makeSegment(0, 1, 'I use Doctor Lip.');
const SECOND = makeSegment(1, 5, 'Doctor Lip reminds me.');

const FIXED: typeof SECOND = {
  ...SECOND,
  words: ['Doctolib', 'reminds', 'me.'],
  word_id_runs: [
    [5, 1, 0],
    [7, 2, 1],
  ],
  gaps_ms: [0, 100, 100],
  lengths_ms: [900, 400, 400],
};

const match = (segment: typeof FIRST, firstWordId: number) => ({
  segment_id: segment.id,
  first_word_id: firstWordId,
  last_word_id: firstWordId + 1,
  before: 'Doctor Lip',
  after: 'Doctolib',
  context_before: 'I use',
  context_after: '',
  start_ms: firstWordId * 500,
  blocked_reason: '',
});

function serve() {
  const page = { count: 0, next: null, previous: null, results: [] };
  const answers: [RegExp, (body: Record<string, unknown>) => object][] = [
    [/preview$/, () => ({ matches: [match(FIRST, 3), match(SECOND, 5)] })],
    [
      /\/replace$/,
      () => ({
        change: { id: 'change-1', summary: '' },
        replaced: 1,
        segments: [FIXED],
      }),
    ],
    [/undo$/, () => ({ segments: [SECOND] })],
    [
      /\/text$/,
      ({ text }) => ({
        change: { id: 'change-2', summary: '' },
        segments: [{ ...FIRST, words: String(text).split(' ') }],
        deleted_segment_ids: [],
      }),
    ],
    [/glossary$/, () => ({ id: 'term' })],
  ];
  const answer = async ({ request }: { request: Request }) => {
    const path = new URL(request.url).pathname.replace('/api/workspaces/team', '');
    const body = (await request.json().catch(() => ({}))) as Record<string, unknown>;
    asked.push({ method: request.method, path, body });
    const found = answers.find(([pattern]) => pattern.test(path));
    return HttpResponse.json(found?.[1](body) ?? {});
  };
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/sources/source-1/place`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/sessions/session-1`, () => HttpResponse.json(makeSessionDetail())),
    http.get(`${API}/transcripts/transcript-1`, () =>
      HttpResponse.json(makeTranscript({ segments: [FIRST, SECOND] })),
    ),
    http.get(`${API}/glossary`, () =>
      HttpResponse.json({ results: [], sent_maximum: 12, suggestions: [] }),
    ),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(/./, () => HttpResponse.json(page)),
    http.post(/./, answer),
    http.patch(/./, answer),
    http.put(/./, answer),
  );
}

/** Chooses words as the keyboard does: on to the first, and then so. */
async function choose(first: number, ...extending: string[]) {
  serve();
  renderInApp(
    <>
      <Notifications />
      <SessionPage />
    </>,
    { at: '/w/team/sessions/session-1', route: '/w/:workspaceId/sessions/:sessionId' },
  );
  const transcript = await screen.findByRole('region', { name: 'Transcript' });
  act(() => transcript.focus());
  for (let step = 0; step <= first; step += 1) fireEvent.keyDown(transcript, { key: 'ArrowRight' });
  for (const key of extending) fireEvent.keyDown(transcript, { key, shiftKey: true });
  return transcript;
}

describe('fixing words everywhere', () => {
  it('shows every place first, changes the chosen ones, and takes it back', async () => {
    await choose(2, 'ArrowRight');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Fix these words everywhere' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Fix everywhere' });
    expect(within(dialog).getByLabelText('Instead of')).toHaveValue('Doctor Lip');
    expect(asked).toEqual([]);
    await userEvent.type(within(dialog).getByLabelText('write'), 'Doctolib');
    const places = await within(dialog).findByRole('list', { name: 'Places' });
    const [first] = within(places).getAllByRole('checkbox');
    expect(within(places).getAllByRole('button', { name: /^Play from/ })).toHaveLength(2);
    await userEvent.click(first);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Replace in 1 place' }));
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({
        path: '/transcripts/transcript-1/replace',
        body: { find: 'Doctor Lip', replace: 'Doctolib', match_case: false, first_word_ids: [5] },
      }),
    );
    expect(await screen.findByText('Doctolib reminds me.')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Doctor Lip reminds me.')).toBeInTheDocument();
    expect(asked.at(-1)?.path).toBe('/changes/change-1/undo');
  });

  it('is offered after a word was corrected, which can go into the glossary at once', async () => {
    const transcript = await choose(1, 'ArrowRight', 'ArrowLeft');
    fireEvent.keyDown(transcript, { key: 'i' });
    const field = await screen.findByRole('textbox', { name: 'Text of the passage' });
    fireEvent.change(field, { target: { value: 'I used Doctor Lip.' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add “used” to the glossary' }),
    );
    expect(await screen.findByText('“use” stands in 2 more places.')).toBeInTheDocument();
    await waitFor(() =>
      expect(asked).toContainEqual({
        method: 'POST',
        path: '/glossary',
        body: { text: 'used', study_id: 'study-1' },
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Fix everywhere…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Fix everywhere' });
    expect(within(dialog).getByLabelText('write')).toHaveValue('used');
  });
});
