import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenQuestion } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { QuestionsPage } from './QuestionsPage';

const API = '/api/workspaces/team';
const PARKING: OpenQuestion = {
  id: 'parking',
  words: 'parking',
  state: 'open',
  study: null,
  askers: 3,
  times: 5,
  first_asked_at: '2026-10-01T10:00:00Z',
  last_asked_at: '2026-11-02T10:00:00Z',
  is_mine: false,
  excerpts: 2,
  people: 1,
};

let questions: OpenQuestion[] = [];
const server = setupServer(
  http.get(`${API}/open-questions`, () =>
    HttpResponse.json({ results: questions, people_total: 12 }),
  ),
  http.get(`${API}/studies`, () =>
    HttpResponse.json({ count: 0, next: null, previous: null, results: [] }),
  ),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  questions = [PARKING];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const row = async (words: string) =>
  (await screen.findByRole('link', { name: words })).closest('li')!;

describe('Open questions', () => {
  it('say how many asked, when, and how weak the evidence is', async () => {
    questions = [
      PARKING,
      {
        ...PARKING,
        id: 'zebra',
        words: 'zebra',
        excerpts: 0,
        people: 0,
        askers: 1,
        times: 1,
        last_asked_at: PARKING.first_asked_at,
      },
      { ...PARKING, id: 'mine', words: 'mine', askers: 1, is_mine: true },
      { ...PARKING, id: 'new', words: 'new', excerpts: null, people: null, is_mine: true },
    ];
    renderInApp(<QuestionsPage />);
    expect(await row('parking')).toHaveTextContent(
      /3 people asked, 5 times in all · first .*, last .* · only one voice so far: 2 excerpts from 1 of 12 people/,
    );
    expect(await row('zebra')).toHaveTextContent(
      /^zebra1 person asked · (?!first)[^,]* · nobody was heard/,
    );
    expect(await row('mine')).toHaveTextContent(/^mineYou asked, 5 times in all · /);
    expect(await row('new')).toHaveTextContent(/you too.*not counted yet/);
  });

  it('are deleted for good only after a warning', async () => {
    server.use(
      http.delete(`${API}/open-questions/parking`, () => {
        questions = [];
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderInApp(<QuestionsPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'More about “parking”' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete for good…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete this question for good?' });
    expect(dialog).toHaveTextContent('This can’t be undone.');
    await user.click(within(dialog).getByRole('button', { name: 'Delete for good' }));
    expect(await screen.findByText('Nothing is asked in vain')).toBeVisible();
  });

  it('are asked no longer by those who did, whatever their role', async () => {
    questions = [{ ...PARKING, is_mine: true }];
    server.use(
      http.delete(`${API}/open-questions/parking/asking`, () => {
        questions = [{ ...PARKING, askers: 2 }];
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderInApp(<QuestionsPage />, { permissions: { may_edit_research: false } });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'More about “parking”' }));
    expect(screen.queryByRole('menuitem', { name: 'Delete for good…' })).toBeNull();
    await user.click(await screen.findByRole('menuitem', { name: 'I don’t ask this any more' }));
    await waitFor(async () => expect(await row('parking')).toHaveTextContent('2 people asked,'));
    expect(screen.queryByRole('button', { name: 'More about “parking”' })).toBeNull();
  });
});
