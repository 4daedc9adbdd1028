import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Study } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { StudyQuestions } from './StudyQuestions';

const STUDY = { id: 'study', questions: ['How do people come?', 'parking'] } as Study;
const PARKING = { id: 'q', words: 'parking', askers: 3, excerpts: 2, people: 1 };

const server = setupServer(
  http.get('/api/workspaces/team/open-questions', ({ request }) => {
    const { searchParams } = new URL(request.url);
    const isOfStudy =
      searchParams.get('study') === 'study' && searchParams.get('state') === 'adopted';
    return HttpResponse.json({ people_total: 12, results: isOfStudy ? [PARKING] : [] });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

it('say who waits for an answer, and what there is by now', async () => {
  renderInApp(<StudyQuestions study={STUDY} />);
  const link = await screen.findByRole('link', { name: '1 of 12 people was heard by now' });
  expect(link).toHaveAttribute('href', '/w/team/search?q=parking');
  const [own, asked] = screen.getAllByRole('listitem');
  expect(own).toHaveTextContent(/^How do people come\?$/);
  expect(asked).toHaveTextContent(/^parking3 people asked this in search/);
});

it('stand there also while it is not known who asked', async () => {
  server.use(
    http.get('/api/workspaces/team/open-questions', () => HttpResponse.json({}, { status: 503 })),
  );
  renderInApp(<StudyQuestions study={STUDY} />);
  expect(await screen.findByText('parking')).toBeVisible();
});
