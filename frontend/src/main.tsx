/** Starts the page. */

import '@/ui/theme.css';
import '@/ui/print.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Providers } from '@/app/Providers';
import { createQueryClient } from '@/app/queryClient';
import { router } from '@/app/router';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element to start in.');

createRoot(root).render(
  <StrictMode>
    <Providers client={createQueryClient()}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
