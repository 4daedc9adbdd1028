/** Renders a component as if it stood on a page of a workspace. */

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { Permissions } from '@/api';
import { WorkspaceProvider } from '@/app/workspace';
import { theme } from '@/ui/theme';

interface RenderOptions {
  /** The address shown; the component stands at any address. */
  at?: string;
  /** A route pattern where the component reads parameters. */
  route?: string;
  permissions?: Partial<Permissions>;
  /** What was answered before, where a page is opened again. */
  client?: QueryClient;
}

const EVERYTHING: Permissions = {
  may_edit_research: true,
  may_write_insights: true,
  may_see_names: true,
  may_manage_members: true,
  may_lock_codebook: true,
};

export function renderInApp(
  element: ReactElement,
  {
    at = '/w/team',
    route = '*',
    permissions = {},
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  }: RenderOptions = {},
) {
  const workspace = {
    id: 'team',
    name: 'Team',
    is_sample: false,
    role: 'owner' as const,
    permissions: { ...EVERYTHING, ...permissions },
    user: { id: 'alice', email: 'alice@example.org', name: 'Alice' },
  };
  const page = <WorkspaceProvider workspace={workspace}>{element}</WorkspaceProvider>;
  const router = createMemoryRouter([{ path: route, element: page }], { initialEntries: [at] });
  const view = render(
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} env="test">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { ...view, client, router };
}
