import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeExcerpt } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { FindSimilar } from './SimilarExcerpts';

const SIMILAR = '/api/workspaces/team/excerpts/asked/similar';
const ASKED = makeExcerpt({ id: 'asked', text: 'The reminder came a day late.' });
const ALIKE = makeExcerpt({
  id: 'alike',
  text: 'Reminders are always late.',
  participant: { id: 'p05', code_name: 'P05', real_name: null, persona_id: null },
});

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function show(results: object[]) {
  server.use(http.get(SIMILAR, () => HttpResponse.json({ results })));
  renderInApp(<FindSimilar excerpt={ASKED} />);
  return userEvent.click(screen.getByRole('button', { name: 'Find similar' }));
}

describe('Find similar', () => {
  it('lists who else said much the same, and marks what they share', async () => {
    const highlights = [
      [0, 9],
      [21, 25],
    ];
    await show([{ excerpt: ALIKE, score: 0.8, why: 'words', highlights }]);
    const list = await screen.findByRole('list', { name: 'Similar excerpts' });
    const marks = [...list.querySelectorAll('mark')].map((mark) => mark.textContent);
    expect(marks).toEqual(['Reminders', 'late']);
    expect(screen.getByText(/^1 excerpt from 1 person/)).toBeVisible();
    const link = within(list).getByRole('link', { name: /Interview with a parent/ });
    expect(link).toHaveAttribute('href', expect.stringContaining('excerpt=alike'));
  });

  it('says that they were found by what they mean', async () => {
    await show([{ excerpt: ALIKE, score: 0.8, why: 'meaning', highlights: [] }]);
    expect(await screen.findByText('1 excerpt from 1 person, by what they mean')).toBeVisible();
  });

  it('says so where nobody did', async () => {
    await show([]);
    expect(await screen.findByText(/Nobody else was marked saying it/)).toBeVisible();
  });

  it('says what to do when search is down', async () => {
    const body = { code: 'unavailable', message: 'Search is down.', remedy: 'Wait.', fields: {} };
    server.use(http.get(SIMILAR, () => HttpResponse.json(body, { status: 503 })));
    renderInApp(<FindSimilar excerpt={ASKED} />);
    await userEvent.click(screen.getByRole('button', { name: 'Find similar' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/Search is down\. ?Wait\./);
  });
});
