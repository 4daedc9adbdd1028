import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FacetValue, OpenQuestion, SavedSearch, SearchAnswer } from '@/api';
import { playerStore } from '@/app/player';
import { makeAnswer, makeExcerpt, makeInsight, makeTag } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { SearchPage } from './SearchPage';

const API = '/api/workspaces/team';
const EXCERPTS = [
  makeExcerpt({ id: 'one', text: 'The reminder came late.' }),
  makeExcerpt({ id: 'two', text: 'My sister says the app is faster.' }),
];
const NOTHING = { count: 0, next: null, previous: null, results: [] };

/** The searches for evidence that reached the server, as they were asked. */
const asked: URLSearchParams[] = [];
const askedForPeople: URLSearchParams[] = [];

const saved: SavedSearch[] = [];
const answered: OpenQuestion[] = [];
const LATE: SavedSearch = {
  id: 'saved',
  name: 'Late reminders',
  question: { q: 'late', not_tag: ['two'] },
  last_seen_at: '2026-11-01T10:00:00Z',
  is_in_digest: false,
};
const COUNTS = {
  people_total: 9,
  results: [{ id: 'saved', excerpts: 5, people: 3, new_excerpts: 2 }],
};
const PARKING: OpenQuestion = {
  id: 'question',
  words: 'parking',
  state: 'open',
  study: null,
  askers: 3,
  times: 4,
  first_asked_at: '2026-11-01T10:00:00Z',
  last_asked_at: '2026-11-02T10:00:00Z',
  is_mine: true,
  excerpts: 4,
  people: 2,
};

/** Eight people, of whom the last one said nothing of it. */
const VOICES: FacetValue[] = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({
  value: `person-${number}`,
  label: `P0${number}${number === 8 ? ' · Ann Lee' : ''}`,
  colour: null,
  excerpts: 8 - number,
  people: null,
  is_selected: false,
}));

const PASSAGES: Partial<SearchAnswer> = {
  total: 7,
  hits: [
    {
      kind: 'passage' as const,
      text: 'It always comes too late for me.',
      highlights: [[20, 24]],
      missing_words: [],
      excerpt: null,
      insight: null,
      persona: null,
      claim: null,
      tag: null,
      memo: null,
      passage: {
        id: 'passage',
        session_id: 'talk',
        session_title: 'Call with P03',
        study_title: 'Booking',
        source_id: 'source',
        has_audio: true,
        first_word_id: 33,
        start_ms: 61_000,
        end_ms: 64_000,
        speaker: 'P03',
        speaker_role: 'participant',
        participant: null,
      },
    },
  ],
};

function answerSearch(question: URLSearchParams) {
  const words = question.get('q') ?? '';
  if (question.getAll('kind').includes('insight')) {
    const insight = makeInsight();
    const hit = {
      kind: 'insight' as const,
      text: insight.statement,
      highlights: [],
      missing_words: [],
      excerpt: null,
      insight,
      persona: null,
      claim: null,
      tag: null,
      passage: null,
      memo: null,
    };
    return makeAnswer([], { hits: words === 'late' ? [hit] : [] });
  }
  const [kind] = question.getAll('kind');
  if (kind === 'passage') return makeAnswer([], words === 'late' ? PASSAGES : {});
  if (kind === 'memo') return makeAnswer([]);
  const found = EXCERPTS.filter((excerpt) => excerpt.text.toLowerCase().includes(words));
  return makeAnswer(found);
}

const server = setupServer(
  http.get(`${API}/search`, ({ request }) => {
    const question = new URL(request.url).searchParams;
    const isBelow = ['passage', 'memo'].includes(question.get('kind') ?? '');
    if (!isBelow) asked.push(question);
    return HttpResponse.json(answerSearch(question));
  }),
  http.get(`${API}/search/people`, ({ request }) => {
    const question = new URL(request.url).searchParams;
    askedForPeople.push(question);
    const name = question.get('named') ?? '';
    const values = VOICES.filter(({ label }) => label.toLowerCase().includes(name));
    return HttpResponse.json({ field: 'participant', values });
  }),
  http.get(`${API}/search/meaning`, () => HttpResponse.json({ is_available: false, results: [] })),
  http.get(`${API}/tags`, () => HttpResponse.json({ results: [makeTag()] })),
  http.get(`${API}/personas`, () => HttpResponse.json(NOTHING)),
  http.get(`${API}/studies`, () => HttpResponse.json(NOTHING)),
  http.get(`${API}/participants`, () => HttpResponse.json({ ...NOTHING, count: 9 })),
  http.get(`${API}/saved-searches`, () => HttpResponse.json({ results: saved })),
  http.get(`${API}/saved-searches/counts`, () => HttpResponse.json(COUNTS)),
  http.get(`${API}/digests/latest`, () => HttpResponse.json({ digest: null })),
  http.get(`${API}/open-questions/count`, () => HttpResponse.json({ count: 2 })),
  http.get(`${API}/open-questions/answered`, () =>
    HttpResponse.json({ results: answered, people_total: 9 }),
  ),
  http.post(`${API}/searched`, () => new HttpResponse(null, { status: 204 })),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  for (const kept of [asked, askedForPeople, saved, answered]) kept.splice(0);
});
afterEach(() => {
  server.resetHandlers();
  vi.useRealTimers();
});
afterAll(() => server.close());

const box = () => screen.getByRole('searchbox', { name: 'Search what people said' });
const show = (at = '/w/team/search', permissions = {}) =>
  renderInApp(<SearchPage />, { at, permissions });

describe('Search', () => {
  it('begins with what is new and topics to try', async () => {
    show();
    expect(await screen.findByRole('list', { name: 'Newest excerpts' })).toBeVisible();
    expect(await screen.findByRole('button', { name: /reminders/ })).toBeVisible();
    expect(await screen.findByRole('link', { name: '2 open questions' })).toBeVisible();
  });

  it('follows the typing and writes the search into the address', async () => {
    const { router } = show();
    await userEvent.type(box(), 'late');
    // A slow typist is searched for at the first letters too.
    await waitFor(() => expect(router.state.location.search).toBe('?q=late'));
    expect(await screen.findByText('1 excerpt from 1 of 9 people in 1 study')).toBeVisible();
  });

  it('asks once for a word typed in one go', async () => {
    show();
    await screen.findByRole('list', { name: 'Newest excerpts' });
    asked.splice(0);
    // The clock stands still: no machine is too slow to type them in one go.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (const value of ['l', 'la', 'lat', 'late']) {
      await act(async () => void fireEvent.change(box(), { target: { value } }));
    }
    await vi.waitFor(async () => {
      await act(async () => void vi.advanceTimersByTime(50));
      expect(screen.getByText(/1 excerpt from/)).toBeVisible();
    }, 10_000);
    expect(asked.map((question) => question.get('q'))).toEqual(['late', 'late']);
    expect(asked.map((question) => question.getAll('kind'))).toEqual([
      ['excerpt'],
      ['insight', 'claim', 'persona', 'tag'],
    ]);
  });

  it('opens a search from its address', async () => {
    show('/w/team/search?q=sister&quadrant=pain');
    expect(box()).toHaveValue('sister');
    expect(await screen.findByText(/My sister says/)).toBeVisible();
    expect(asked[0].getAll('quadrant')).toEqual(['pain']);
    expect(screen.getByRole('button', { name: 'Remove the filter Pains' })).toBeInTheDocument();
  });

  it('shows insights above what people said', async () => {
    show('/w/team/search?q=late');
    await screen.findByText(/The reminder came/);
    await screen.findByRole('article', { name: /^Insight/ });
    const articles = screen.getAllByRole('article');
    expect(articles[0]).toHaveAccessibleName(/^Insight: Free slots/);
  });

  it('is used by keys: down to the hits, space plays, x selects, up returns', async () => {
    const play = vi.spyOn(playerStore, 'play').mockImplementation(() => {});
    show('/w/team/search?q=e&kind=excerpt');
    await screen.findByText(/The reminder came/);
    const user = userEvent.setup();
    await user.click(box());
    await user.keyboard('{ArrowDown}{ArrowDown} ');
    expect(play.mock.lastCall?.[0].key).toBe('two');
    await user.keyboard('x');
    expect(screen.getByText('1 excerpt')).toBeVisible();
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(box()).toHaveFocus();
  });

  it('opens the transcript at the excerpt with Enter', async () => {
    const { router } = show('/w/team/search?q=sister&kind=excerpt');
    await screen.findByText(/My sister says/);
    const user = userEvent.setup();
    await user.click(box());
    await user.keyboard('{ArrowDown}{Enter}');
    expect(router.state.location.pathname).toBe('/w/team/sessions/session-1');
    expect(router.state.location.search).toBe('?excerpt=two');
  });

  it('says what was close when nothing matches, and how to loosen', async () => {
    const { router } = show('/w/team/search?q=sister+remindrs+zebra&quadrant=pain');
    expect(await screen.findByText('Nobody here said “sister remindrs zebra”')).toBeVisible();
    expect(await screen.findByRole('button', { name: /^reminders/ })).toBeVisible();
    const looser = await screen.findByRole('button', { name: /Only “sister”/ });
    expect(looser).toHaveTextContent('1 excerpt from 1 of 9 people');
    expect(screen.queryByRole('button', { name: /Only “zebra”/ })).toBeNull();
    await userEvent.click(looser);
    expect(router.state.location.search).toBe('?q=sister');
  });

  it('offers those who may not write insights a table of what they choose', async () => {
    show('/w/team/search?q=late&kind=excerpt', { may_write_insights: false });
    await userEvent.click(await screen.findByRole('checkbox', { name: /Select what/ }));
    const bar = screen.getByRole('region', { name: 'Selected excerpts' });
    const link = within(bar).getByRole('link', { name: 'CSV' });
    expect(link).toHaveAttribute('href', `${API}/search/export.csv?excerpt=one`);
    expect(within(bar).queryByRole('button', { name: 'New insight' })).toBeNull();
  });

  it('narrows to what one person said, found by name', async () => {
    const { router } = show('/w/team/search?q=late');
    const group = await screen.findByRole('group', { name: 'Participant' });
    expect(within(group).getAllByRole('checkbox')).toHaveLength(6);
    expect(within(group).getByRole('checkbox', { name: 'P01: 7 excerpts' })).not.toBeChecked();
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a participant' }), 'ann');
    await waitFor(() => expect(askedForPeople.at(-1)?.get('named')).toBe('ann'));
    await userEvent.click(await screen.findByRole('checkbox', { name: /^P08 · Ann Lee/ }));
    expect(router.state.location.search).toBe('?q=late&participant=person-8');
    await waitFor(() => expect(asked.at(-1)?.getAll('participant')).toEqual(['person-8']));
    expect(screen.getByRole('button', { name: /^Remove the filter P08/ })).toBeInTheDocument();
  });

  it('makes both of two choices that come at once', async () => {
    const { router } = show('/w/team/search?q=late');
    const first = await screen.findByRole('checkbox', { name: /^P01/ });
    act(() => {
      // As fast as a hand on a slow machine: the address has not followed the first one yet.
      first.click();
      screen.getByRole('button', { name: 'Leave out P02' }).click();
    });
    expect(router.state.location.search).toBe(
      '?q=late&participant=person-1&not_participant=person-2',
    );
  });

  it('leads on to what else the person of a hit said', async () => {
    show('/w/team/search?q=late&kind=excerpt');
    await userEvent.click(await screen.findByRole('button', { name: /^More about what/ }));
    expect(await screen.findByRole('menuitem', { name: 'What else P03 said' })).toHaveAttribute(
      'href',
      '/w/team/search?participant=p03',
    );
  });

  it('says what to do when the search is down', async () => {
    server.use(
      http.get(`${API}/search`, () =>
        HttpResponse.json(
          {
            code: 'unavailable',
            message: 'Search is not running.',
            remedy: 'Start it.',
            fields: {},
          },
          { status: 503 },
        ),
      ),
    );
    show('/w/team/search?q=late');
    expect(await screen.findByRole('alert')).toHaveTextContent('Search is not running. Start it.');
  });

  it('keeps a search under a name, filters and all', async () => {
    let body: unknown;
    server.use(
      http.post(`${API}/saved-searches`, async ({ request }) => {
        body = await request.json();
        saved.push({ ...LATE, name: 'Reminders' });
        return HttpResponse.json(saved[0], { status: 201 });
      }),
    );
    show('/w/team/search?q=late&not_tag=two');
    await userEvent.click(await screen.findByRole('button', { name: 'Save this search' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'Reminders');
    await userEvent.click(screen.getByRole('button', { name: 'Save the search' }));
    const button = await screen.findByRole('button', { name: /Saved as “Reminders”/ });
    expect(button).toHaveAttribute('aria-pressed', 'true');
    expect(body).toEqual({ name: 'Reminders', search: { q: 'late', not_tag: ['two'] } });
  });

  it('tells what is new in a saved search, and opens it', async () => {
    saved.push(LATE);
    let isSeen = false;
    server.use(
      http.post(`${API}/saved-searches/saved/seen`, () => {
        isSeen = true;
        return HttpResponse.json(LATE);
      }),
    );
    const { router } = show();
    await userEvent.click(await screen.findByRole('button', { name: /Late reminders.*2 new/ }));
    expect(router.state.location.search).toBe('?q=late&not_tag=two');
    await waitFor(() => expect(isSeen).toBe(true));
  });

  it('tells who asked that people were heard', async () => {
    answered.push(PARKING);
    server.use(
      http.post(`${API}/open-questions/question/seen`, () => {
        answered.splice(0);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    show();
    expect(await screen.findByText('You asked, and people were heard')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'I have seen what there is on “parking”' }),
    );
    await waitFor(() =>
      expect(screen.queryByText('You asked, and people were heard')).not.toBeInTheDocument(),
    );
  });

  it('puts what nobody said to the researchers', async () => {
    server.use(
      http.post(`${API}/open-questions`, async ({ request }) =>
        HttpResponse.json({ ...PARKING, ...((await request.json()) as object) }, { status: 201 }),
      ),
    );
    show('/w/team/search?q=zebra');
    await userEvent.click(await screen.findByRole('button', { name: 'Ask the researchers' }));
    expect(await screen.findByText(/asked by 3 people/)).toBeVisible();
  });

  it('shows what was said and nobody marked, apart from the evidence', async () => {
    const { router } = show('/w/team/search?q=late');
    const section = await screen.findByRole('region', { name: 'Said, not yet evidence' });
    expect(section).toHaveTextContent('It always comes too late for me.');
    const link = screen.getByRole('link', { name: 'Call with P03 1:01' });
    expect(link).toHaveAttribute('href', '/w/team/sessions/talk?word=33');
    await userEvent.click(screen.getByRole('button', { name: 'All 7 passages' }));
    expect(router.state.location.search).toBe('?q=late&kind=passage');
  });
});
