import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Permissions, Segment, Speaker } from '@/api';
import { makeNews } from '@/testing/makeHistory';
import { makeSegment, makeSessionDetail, makeSource, makeTranscript } from '@/testing/makeSession';
import { renderInApp } from '@/testing/renderInApp';
import { SessionPage } from '../SessionPage';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let asked: { path: string; body: Record<string, unknown> }[];

const SPEAKERS: Speaker[] = [
  {
    id: 'ann',
    label: 'Ann',
    role: 'participant',
    participant_id: null,
    code_name: null,
    persona_id: null,
  },
  {
    id: 'ben',
    label: 'Ben',
    role: 'moderator',
    participant_id: null,
    code_name: null,
    persona_id: null,
  },
];

function suggest(segment: Segment, voice: number): Segment {
  return { ...segment, voice, is_speaker_suggested: true };
}

const SEGMENTS = [
  suggest(makeSegment(0, 1, 'How do you book?', 'ben'), 0),
  suggest(makeSegment(1, 5, 'By phone, mostly.', 'ann'), 1),
  suggest(makeSegment(2, 8, 'And I wait.', 'ann'), 1),
  suggest(makeSegment(3, 11, 'How long?', 'ben'), 0),
];

function serve(change: (body: Record<string, unknown>) => Response) {
  const page = { count: 0, next: null, previous: null, results: [] };
  const source = makeSource({ speakers: SPEAKERS });
  server.use(
    http.get(`${API}/sessions/session-1/changes`, () => HttpResponse.json(makeNews())),
    http.get(`${API}/sessions/session-1`, () =>
      HttpResponse.json(makeSessionDetail({ sources: [source] })),
    ),
    http.get(`${API}/transcripts/transcript-1`, () =>
      HttpResponse.json(makeTranscript({ segments: SEGMENTS })),
    ),
    http.get(`${API}/transcripts/transcript-1/talk-share`, () =>
      HttpResponse.json({
        speech_ms: 80_000,
        speakers: [
          makeShare('ann', 60_000, { turn_count: 1 }),
          makeShare('ben', 20_000, { role: 'moderator', turn_count: 2 }),
        ],
      }),
    ),
    http.post(/\/(assign-speaker|merge|undo|speakers)$/, async ({ request }) => {
      const path = new URL(request.url).pathname.replace('/api/workspaces/team', '');
      const body = (await request.json().catch(() => ({}))) as Record<string, unknown>;
      asked.push({ path, body });
      if (path !== '/speakers') return change(body);
      const speaker = { ...SPEAKERS[0], id: 'cleo', label: body.label };
      return HttpResponse.json(speaker, { status: 201 });
    }),
    http.get(`${API}/sessions/session-1/memo-counts`, () =>
      HttpResponse.json({ excerpts: {}, segments: {}, session: 0 }),
    ),
    http.get(`${API}/excerpts`, () => HttpResponse.json({ ...page, people: 0 })),
    http.get(/./, () => HttpResponse.json(page)),
  );
}

function makeShare(id: string, speechMs: number, changes: object) {
  return {
    speaker_id: id,
    label: id,
    role: 'participant',
    code_name: null,
    speech_ms: speechMs,
    share: speechMs / 80_000,
    word_count: 10,
    longest_turn_ms: 30_000,
    ...changes,
  };
}

const answer = (segments: object[] = []) =>
  HttpResponse.json({ change: { id: 'change-1', summary: '' }, segments, speakers: SPEAKERS });

async function open(change = () => answer(), permissions: Partial<Permissions> = {}) {
  serve(change);
  renderInApp(<SessionPage />, {
    at: '/w/team/sessions/session-1',
    route: '/w/:workspaceId/sessions/:sessionId',
    permissions,
  });
  return screen.findByRole('region', { name: 'Transcript' });
}

const press = (key: string, more: object = {}) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  });

const digit = (number: number, more: object = {}) =>
  press(`${number}`, { code: `Digit${number}`, ...more });

/** What is told of each turn's speaker. */
function names(): string[] {
  return screen.getAllByRole('button', { name: /change the speaker/ }).map((button) => {
    const told = button.cloneNode(true) as HTMLElement;
    for (const hidden of told.querySelectorAll('[aria-hidden]')) hidden.remove();
    return (told.textContent ?? '').replace('Moderator', '');
  });
}

beforeEach(() => {
  asked = [];
  const narrow = window.matchMedia;
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({
    ...narrow(query),
    matches: query.includes('min-width'),
  }));
});

describe('suggested speakers', () => {
  it('are visibly suggestions, in words too', async () => {
    await open();
    expect(names()).toEqual([
      'Ben (suggested): change the speaker',
      'Ann (suggested): change the speaker',
      'Ben (suggested): change the speaker',
    ]);
    expect(screen.getByText(/^Who speaks is suggested/)).toBeInTheDocument();
  });

  it('are right when somebody says so', async () => {
    await open();
    await userEvent.click(screen.getAllByRole('button', { name: /^Ann/ })[0]);
    await userEvent.click(await screen.findByRole('button', { name: 'It’s right' }));
    await waitFor(() =>
      expect(asked).toEqual([
        {
          path: '/transcripts/transcript-1/assign-speaker',
          body: { segment_id: 'segment-1', scope: 'turn', speaker_id: 'ann' },
        },
      ]),
    );
    expect(names()[1]).toBe('Ann: change the speaker');
  });
});

describe('fixing speakers with keys', () => {
  it('gives a turn, everything from here on, or the whole voice', async () => {
    await open();
    await press('s');
    expect(screen.getByRole('region', { name: 'Fix speakers' })).toBeInTheDocument();
    await press('ArrowDown');
    await digit(2);
    await press('ArrowDown');
    await press('!', { code: 'Digit1', shiftKey: true });
    await digit(2, { altKey: true });
    await waitFor(() => expect(asked).toHaveLength(3));
    expect(asked.map(({ body }) => body)).toEqual([
      { segment_id: 'segment-1', scope: 'turn', speaker_id: 'ben' },
      { segment_id: 'segment-3', scope: 'onward', speaker_id: 'ann' },
      { segment_id: 'segment-3', scope: 'voice', speaker_id: 'ben' },
    ]);
    const told = screen.getAllByRole('status').map((status) => status.textContent);
    expect(told).toContain('All of this voice is Ben now.');
  });

  it('gives the rest of a turn from within it, at once on the page', async () => {
    await open(() => new Promise<never>(() => {}) as never);
    await press('s');
    await press('ArrowRight');
    await press('ArrowRight');
    await digit(2);
    await waitFor(() =>
      expect(names()).toEqual([
        'Ben (suggested): change the speaker',
        'Ann (suggested): change the speaker',
        'Ben: change the speaker',
        'Ben (suggested): change the speaker',
      ]),
    );
    expect(asked[0].body).toMatchObject({ segment_id: 'segment-2', scope: 'turn' });
  });

  it('takes the last change back', async () => {
    const before = [{ id: 'segment-0', speaker_id: 'ben', is_speaker_suggested: true }];
    await open(() => answer(asked.at(-1)?.path.endsWith('undo') ? before : []));
    await press('s');
    await digit(1);
    await waitFor(() => expect(names()[0]).toBe('Ann: change the speaker'));
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(names()[0]).toBe('Ben (suggested): change the speaker'));
    expect(asked.at(-1)?.path).toBe('/changes/change-1/undo');
  });

  it('adds a new speaker in place', async () => {
    await open();
    await press('s');
    await press('n');
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[0]).toMatchObject({ path: '/speakers', body: { label: 'Speaker 3' } });
    expect(asked[1].body).toMatchObject({ segment_id: 'segment-0', speaker_id: 'cleo' });
  });

  it('lets the digits be quadrants again once it is over', async () => {
    await open();
    await press('s');
    await press('Escape');
    expect(screen.queryByRole('region', { name: 'Fix speakers' })).not.toBeInTheDocument();
    await digit(2);
    expect(asked).toEqual([]);
  });

  it('says what was not changed, and shows what is true again', async () => {
    await open(() =>
      HttpResponse.json(
        { message: 'No.', remedy: 'Reload.', fields: {}, code: 'x' },
        { status: 409 },
      ),
    );
    await press('s');
    await digit(1);
    await waitFor(() => expect(names()[0]).toBe('Ben (suggested): change the speaker'));
    expect(screen.getByRole('button', { name: 'Undo' })).toBeDisabled();
  });

  it('is not for those who may only read', async () => {
    await open(() => answer(), { may_edit_research: false });
    await press('s');
    expect(screen.queryByRole('region', { name: 'Fix speakers' })).not.toBeInTheDocument();
  });
});

describe('the panel about speakers', () => {
  it('tells how much each says, and merges two', async () => {
    await open();
    await userEvent.click(await screen.findByRole('tab', { name: 'About' }));
    const heading = await screen.findByRole('heading', { name: 'Speakers' });
    const section = heading.closest('section') as HTMLElement;
    expect(await within(section).findByText('75 %')).toBeInTheDocument();
    expect(within(section).getByText(/1 min · 1 turn · longest 0:30/)).toBeInTheDocument();
    await userEvent.click(within(section).getByRole('button', { name: 'More for Ben' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Merge into Ann' }));
    await waitFor(() =>
      expect(asked).toEqual([{ path: '/speakers/ben/merge', body: { into_speaker_id: 'ann' } }]),
    );
  });
});
