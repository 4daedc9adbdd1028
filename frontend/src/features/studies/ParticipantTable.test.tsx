import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Participant } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { ParticipantTable } from './ParticipantTable';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());

const PERSON = {
  id: 'person-1',
  code_name: 'P01',
  real_name: null,
  attributes: {},
  consent: 'given',
  persona_id: null,
  persona_name: null,
  session_count: 1,
  excerpt_count: 0,
} as Participant;

it('takes down that somebody took back their consent', async () => {
  const asked: unknown[] = [];
  server.use(
    http.patch('*/api/workspaces/team/participants/person-1', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ ...PERSON, consent: 'withdrawn' });
    }),
    http.get(/./, () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
  );
  renderInApp(<ParticipantTable participants={[PERSON]} />, {
    at: '/w/team/studies',
    route: '/w/:workspaceId/studies',
  });
  const [picker] = await screen.findAllByLabelText('Consent of P01');
  await userEvent.click(picker);
  await userEvent.click(await screen.findByRole('option', { name: 'Withdrawn' }));
  await waitFor(() => expect(asked).toEqual([{ consent: 'withdrawn' }]));
});
