/** What the page says of words that were not found. */

import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeAnswer, makeExcerpt, makeInsight } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { describeFewerWords } from './FewerWords';
import { SearchPage } from './SearchPage';

const API = '/api/workspaces/team';
const EXCERPTS = [
  makeExcerpt({ id: 'one', text: 'The reminder came late.' }),
  makeExcerpt({ id: 'two', text: 'My sister says the app is faster.' }),
];
const NOTHING = { count: 0, next: null, previous: null, results: [] };
const server = setupServer(
  http.get(`${API}/search/meaning`, () => HttpResponse.json({ is_available: false, results: [] })),
  http.get(`${API}/search/people`, () => HttpResponse.json({ field: 'participant', values: [] })),
  http.get(`${API}/saved-searches`, () => HttpResponse.json({ results: [] })),
  http.get(`${API}/digests/latest`, () => HttpResponse.json({ digest: null })),
  http.get(`${API}/open-questions/count`, () => HttpResponse.json({ count: 0 })),
  http.get(`${API}/open-questions/answered`, () =>
    HttpResponse.json({ results: [], people_total: 9 }),
  ),
  ...['tags', 'personas', 'studies', 'participants'].map((rows) =>
    http.get(`${API}/${rows}`, () => HttpResponse.json(NOTHING)),
  ),
  http.post(`${API}/searched`, () => new HttpResponse(null, { status: 204 })),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const show = (at: string) => renderInApp(<SearchPage />, { at });

describe('words that were not found', () => {
  it.each([
    [[], 5, 5, ''],
    [[], 5, 1, '1 has all of these words. Below: what lacks some.'],
    [[], 5, 2, '2 have all of these words. Below: what lacks some.'],
    [[], 5, 0, 'Nothing has all of these words. Shown is what has some of them, most first.'],
    [['why', 'do'], 5, 5, 'Nothing has all of these words. Left out: why, do.'],
    [
      ['why'],
      5,
      0,
      'Nothing has all of these words. Left out: why. Shown is what has some of the others, most first.',
    ],
    [
      ['why'],
      5,
      2,
      'Nothing has all of these words. Left out: why. 2 with all the others, then what lacks some.',
    ],
  ])('%j left out, of %d found %d have all the others', (dropped_words, total, complete, text) => {
    expect(describeFewerWords(makeAnswer([], { dropped_words, total, complete }))).toBe(text);
  });
});

describe('a search that not everything answers whole', () => {
  it('names the words that were left out', async () => {
    server.use(
      http.get(`${API}/search`, () =>
        HttpResponse.json(makeAnswer(EXCERPTS, { dropped_words: ['zebra'] })),
      ),
    );
    show('/w/team/search?q=late+zebra');
    expect(await screen.findByText(/Left out: zebra/)).toBeVisible();
  });

  it('says which words a quote lacks, and keeps cards that lack some below the quotes', async () => {
    const [whole, lacking] = makeAnswer(EXCERPTS).hits;
    const hits = [whole, { ...lacking, missing_words: ['zebra', 'moss'] }];
    const makeCard = (id: string, missing_words: string[]) => {
      const insight = makeInsight({ id, statement: `Statement ${id}` });
      return { ...lacking, kind: 'insight' as const, excerpt: null, insight, missing_words };
    };
    server.use(
      http.get(`${API}/search`, ({ request }) => {
        const kinds = new URL(request.url).searchParams.getAll('kind');
        if (kinds.includes('excerpt'))
          return HttpResponse.json(makeAnswer(EXCERPTS, { hits, total: 2, complete: 1 }));
        if (!kinds.includes('insight')) return HttpResponse.json(makeAnswer([]));
        const cards = [makeCard('one', []), makeCard('two', ['zebra'])];
        return HttpResponse.json(makeAnswer([], { hits: cards, total: 2, complete: 1 }));
      }),
    );
    show('/w/team/search?q=late+reminder+zebra+moss');
    expect(
      await screen.findByText('1 has all of these words. Below: what lacks some.'),
    ).toBeVisible();
    expect(await screen.findByText('zebra, moss')).toBeVisible();
    expect(screen.getAllByText(/^Without:/)).toHaveLength(1);
    expect(await screen.findByText('Statement one')).toBeVisible();
    expect(screen.queryByText('Statement two')).toBeNull();
  });
});
