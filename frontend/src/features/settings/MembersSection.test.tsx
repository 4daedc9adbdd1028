import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Member } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { MembersSection } from './MembersSection';

const API = '*/api/workspaces/team';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const BOB: Member = {
  id: 'member-2',
  user_id: 'user-2',
  name: 'Bob',
  email: 'bob@example.org',
  role: 'viewer',
  has_password: true,
  created_at: '2026-11-01T10:00:00Z',
};
const NINA: Member = {
  ...BOB,
  id: 'member-3',
  user_id: 'user-3',
  name: 'Nina',
  has_password: false,
};

function serve(members: Member[]) {
  server.use(
    http.get(`${API}/members`, () => HttpResponse.json(members)),
    http.post(`${API}/members`, () => {
      members.push(NINA);
      return HttpResponse.json(NINA, { status: 201 });
    }),
    http.post(`${API}/members/:id/password-link`, ({ params }) =>
      HttpResponse.json(
        { path: `/set-password?token=${params.id}`, expires_at: '2026-11-26T10:00:00Z' },
        { status: 201 },
      ),
    ),
  );
  renderInApp(<MembersSection />, { at: '/w/team/settings', route: '/w/:workspaceId/settings' });
}

it('makes a link for a member who lost their password', async () => {
  serve([BOB]);
  const button = { name: 'A link for Bob to choose a password' };
  await userEvent.click(await screen.findByRole('button', button));
  const dialog = await screen.findByRole('dialog', { name: 'A new password for Bob' });
  const link = await within(dialog).findByLabelText('Link');
  expect(link).toHaveValue(`${window.location.origin}/set-password?token=member-2`);
  expect(within(dialog).getByText(/the old password still works/)).toBeInTheDocument();
});

it('hands over a link for somebody who is new, and says who has yet to come in', async () => {
  serve([BOB]);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a person' }));
  await userEvent.type(await screen.findByLabelText('Email'), 'nina@example.org');
  await userEvent.type(screen.getByLabelText('Name'), 'Nina');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  const dialog = await screen.findByRole('dialog', { name: 'Invite Nina' });
  expect(await within(dialog).findByLabelText('Link')).toHaveValue(
    `${window.location.origin}/set-password?token=member-3`,
  );
  await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.getByText(/has not come in yet/)).toBeInTheDocument());
});
