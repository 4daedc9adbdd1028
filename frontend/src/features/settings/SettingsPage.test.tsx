import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { renderInApp } from '@/testing/renderInApp';
import { SettingsPage } from './SettingsPage';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  server.use(http.get(/./, () => new HttpResponse(null, { status: 503 })));
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const ROUTE = '/w/:workspaceId/settings';

it('leads from each name in the list to its part, and says where one is', async () => {
  renderInApp(<SettingsPage />, { at: '/w/team/settings', route: ROUTE });
  const contents = await screen.findByRole('navigation', { name: 'Settings' });
  const links = within(contents).getAllByRole('link');
  const headings = screen.getAllByRole('heading', { level: 2 });
  expect(links.map((link) => new URL((link as HTMLAnchorElement).href).hash.slice(1))).toEqual(
    headings.map(({ id }) => id),
  );
  await userEvent.click(within(contents).getByRole('link', { name: 'My tokens' }));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'My tokens' })).toHaveFocus());
  expect(within(contents).getByRole('link', { name: 'My tokens' })).toHaveAttribute(
    'aria-current',
    'location',
  );
});
