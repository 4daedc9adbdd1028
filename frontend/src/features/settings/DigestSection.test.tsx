import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DigestSettings } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { DigestSection } from './DigestSection';

const PATH = '/api/workspaces/team/digest-settings';
const SETTINGS: DigestSettings = {
  can_mail: true,
  is_mailed: true,
  time_zone: 'America/New_York',
  searches: 2,
  next_at: '2026-11-23T13:00:00Z',
  mail_faults: null,
};

const server = setupServer(http.get(PATH, () => HttpResponse.json(SETTINGS)));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const answer = (values: Partial<DigestSettings>) =>
  server.use(http.get(PATH, () => HttpResponse.json({ ...SETTINGS, ...values })));

describe('Settings of the weekly digest', () => {
  it('says when it comes, by the reader’s clock, and that mails hold no quote', async () => {
    renderInApp(<DigestSection />);
    expect(await screen.findByText(/23 Nov 2026, 08:00 \(America\/New York\)/)).toBeVisible();
    expect(screen.getByText(/never a quote/)).toBeVisible();
  });

  it('stops the mails', async () => {
    let body: unknown;
    server.use(
      http.put(PATH, async ({ request }) => {
        body = await request.json();
        return HttpResponse.json({ ...SETTINGS, is_mailed: false });
      }),
    );
    renderInApp(<DigestSection />);
    const mails = await screen.findByRole('switch', { name: 'Send me my digest by mail' });
    expect(mails).toBeChecked();
    await userEvent.click(mails);
    await waitFor(() => expect(body).toEqual({ is_mailed: false }));
    await waitFor(() => expect(mails).not.toBeChecked());
  });

  it('goes by the clock of where the reader is', async () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    let body: unknown;
    server.use(
      http.put(PATH, async ({ request }) => {
        body = await request.json();
        return HttpResponse.json({ ...SETTINGS, time_zone: here });
      }),
    );
    renderInApp(<DigestSection />);
    await userEvent.click(await screen.findByRole('button', { name: /^Go by my clock here/ }));
    await waitFor(() => expect(body).toEqual({ time_zone: here }));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /^Go by my clock/ })).toBeNull(),
    );
  });

  it('tells owners plainly that no mail is sent, and why', async () => {
    answer({ can_mail: false });
    renderInApp(<DigestSection />);
    expect(await screen.findByText(/has not set EMAIL_URL/)).toBeVisible();
    expect(screen.queryByRole('switch')).toBeNull();
  });

  it('tells others only that there are no mails', async () => {
    answer({ can_mail: false });
    renderInApp(<DigestSection />, { permissions: { may_manage_members: false } });
    expect(await screen.findByText(/sends no mail\. Digests still stand/)).toBeVisible();
    expect(screen.queryByText(/EMAIL_URL/)).toBeNull();
  });

  it('tells owners of mails that could not be sent', async () => {
    answer({
      mail_faults: {
        count: 2,
        message: 'The mail server could not be reached.',
        last_tried_at: '2026-11-23T08:10:00Z',
      },
    });
    renderInApp(<DigestSection />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /2 digests, last tried .* The mail server could not be reached\./,
    );
  });

  it('shows the way to put a search in when there is none', async () => {
    answer({ searches: 0 });
    renderInApp(<DigestSection />);
    expect(await screen.findByText(/None of your saved searches is in it yet/)).toBeVisible();
  });
});
