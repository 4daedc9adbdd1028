import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Digest } from '@/api';
import { makeExcerpt } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { DigestNews } from './DigestNews';
import { DigestPage } from './DigestPage';

const API = '/api/workspaces/team';
const DIGEST: Digest = {
  id: 'week',
  since: '2026-11-16T08:00:00Z',
  until: '2026-11-23T08:00:00Z',
  people_total: 12,
  mailed_at: null,
  mail_error: '',
  searches: [
    {
      saved_search_id: 'late',
      name: 'Late reminders',
      question: { q: 'late', quadrant: ['pain'] },
      excerpts: 4,
      people: 3,
      newest: ['one', 'two', 'three'].map((id) => makeExcerpt({ id, text: `Quote ${id}.` })),
    },
  ],
  answers: [{ question_id: 'parking', words: 'parking', excerpts: 5, people: 2 }],
};

const server = setupServer(
  http.get(`${API}/digests/latest`, () => HttpResponse.json({ digest: DIGEST })),
  http.get(`${API}/digests/week`, () => HttpResponse.json(DIGEST)),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const showPage = () =>
  renderInApp(<DigestPage />, { at: '/w/team/digests/week', route: '/w/team/digests/:digestId' });

describe('The weekly digest', () => {
  it('stands on the search page in numbers, with the way to it', async () => {
    renderInApp(<DigestNews />);
    const news = await screen.findByRole('region', { name: 'New this week' });
    expect(news).toHaveTextContent('Late reminders: 4 new excerpts from 3 of 12 people');
    expect(news).toHaveTextContent('1 question you asked, and people were heard');
    const link = within(news).getByRole('link', { name: /Hear them/ });
    expect(link).toHaveAttribute('href', '/w/team/digests/week');
  });

  it('is not there when nothing is new', async () => {
    let isAsked = false;
    server.use(
      http.get(`${API}/digests/latest`, () => {
        isAsked = true;
        return HttpResponse.json({ digest: null });
      }),
    );
    const { client } = renderInApp(<DigestNews />);
    await waitFor(() => expect(isAsked).toBe(true));
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(screen.queryByText('New this week')).toBeNull();
  });

  it('shows the newest quotes of each search, and leads to the search', async () => {
    showPage();
    const quotes = await screen.findByRole('list', { name: 'The newest in “Late reminders”' });
    expect(within(quotes).getAllByRole('listitem').length).toBeGreaterThanOrEqual(3);
    expect(quotes).toHaveTextContent('Quote one.');
    const link = screen.getByRole('link', { name: 'Late reminders' });
    expect(link).toHaveAttribute('href', '/w/team/search?q=late&quadrant=pain');
    const all = screen.getByRole('link', { name: 'All that was marked in these days' });
    expect(all).toHaveAttribute(
      'href',
      '/w/team/search?q=late&quadrant=pain&from=2026-11-16&to=2026-11-23',
    );
    expect(screen.getByRole('link', { name: 'parking' })).toHaveAttribute(
      'href',
      '/w/team/search?q=parking',
    );
  });

  it('says that something was taken back since, and that the mail failed', async () => {
    server.use(
      http.get(`${API}/digests/week`, () =>
        HttpResponse.json({
          ...DIGEST,
          mail_error: 'The mail server could not be reached.',
          searches: [{ ...DIGEST.searches[0], newest: [] }],
        }),
      ),
    );
    showPage();
    expect(await screen.findByText(/some of it was taken back since/)).toBeVisible();
    expect(screen.getByText(/could not be sent yet\. The mail server could not/)).toBeVisible();
  });

  it('says what to do when it is not the reader’s, or gone', async () => {
    server.use(
      http.get(`${API}/digests/week`, () =>
        HttpResponse.json(
          { code: 'not_found', message: 'There is nothing here.', remedy: 'Look.', fields: {} },
          { status: 404 },
        ),
      ),
    );
    showPage();
    expect(await screen.findByRole('alert')).toHaveTextContent('There is nothing here. Look.');
  });
});
