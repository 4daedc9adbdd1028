/** The addresses of the product and the page behind each. */

import { createBrowserRouter, Navigate } from 'react-router';
import { AppFrame } from './frame/AppFrame';
import { BrokenPage } from './frame/BrokenPage';
import { FirstWorkspace } from './frame/FirstWorkspace';
import { NotFoundPage } from './frame/NotFoundPage';

export const router = createBrowserRouter([
  {
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <div />,
    children: [
      { path: '/', element: <FirstWorkspace /> },
      {
        path: '/sign-in',
        lazy: async () => ({
          Component: (await import('@/features/accounts/SignInPage')).SignInPage,
        }),
      },
      {
        path: '/first-owner',
        lazy: async () => ({
          Component: (await import('@/features/accounts/FirstOwnerPage')).FirstOwnerPage,
        }),
      },
      {
        path: '/set-password',
        lazy: async () => ({
          Component: (await import('@/features/accounts/SetPasswordPage')).SetPasswordPage,
        }),
      },
      {
        path: '/digest-mails/stop',
        lazy: async () => ({
          Component: (await import('@/features/accounts/StopMailsPage')).StopMailsPage,
        }),
      },
      {
        path: '/w/:workspaceId',
        element: <AppFrame />,
        children: [
          {
            errorElement: <BrokenPage />,
            children: [
              { index: true, element: <Navigate to="search" replace /> },
              {
                path: 'search',
                lazy: async () => ({
                  Component: (await import('@/features/search/SearchPage')).SearchPage,
                }),
              },
              {
                path: 'digests/:digestId',
                lazy: async () => ({
                  Component: (await import('@/features/search/digest/DigestPage')).DigestPage,
                }),
              },
              {
                path: 'questions',
                lazy: async () => ({
                  Component: (await import('@/features/questions/QuestionsPage')).QuestionsPage,
                }),
              },
              {
                path: 'studies',
                lazy: async () => ({
                  Component: (await import('@/features/studies/StudiesPage')).StudiesPage,
                }),
              },
              {
                path: 'studies/:studyId',
                lazy: async () => ({
                  Component: (await import('@/features/studies/StudyPage')).StudyPage,
                }),
              },
              ...['glossary', 'studies/:studyId/glossary'].map((path) => ({
                path,
                lazy: async () => ({
                  Component: (await import('@/features/glossary/GlossaryPage')).GlossaryPage,
                }),
              })),
              {
                path: 'sessions/:sessionId',
                lazy: async () => ({
                  Component: (await import('@/features/workbench/SessionPage')).SessionPage,
                }),
              },
              {
                path: 'personas',
                lazy: async () => ({
                  Component: (await import('@/features/personas/PersonasPage')).PersonasPage,
                }),
              },
              {
                path: 'personas/:personaId',
                lazy: async () => ({
                  Component: (await import('@/features/personas/PersonaPage')).PersonaPage,
                }),
              },
              {
                path: 'insights',
                lazy: async () => ({
                  Component: (await import('@/features/insights/InsightsPage')).InsightsPage,
                }),
              },
              {
                path: 'insights/:insightId',
                lazy: async () => ({
                  Component: (await import('@/features/insights/InsightPage')).InsightPage,
                }),
              },
              {
                path: 'codebook',
                lazy: async () => ({
                  Component: (await import('@/features/codebook/CodebookPage')).CodebookPage,
                }),
              },
              {
                path: 'reels',
                lazy: async () => ({
                  Component: (await import('@/features/reels/ReelsPage')).ReelsPage,
                }),
              },
              {
                path: 'reels/:reelId',
                lazy: async () => ({
                  Component: (await import('@/features/reels/ReelPage')).ReelPage,
                }),
              },
              {
                path: 'memos',
                lazy: async () => ({
                  Component: (await import('@/features/memos/MemosPage')).MemosPage,
                }),
              },
              {
                path: 'settings',
                lazy: async () => ({
                  Component: (await import('@/features/settings/SettingsPage')).SettingsPage,
                }),
              },
              { path: '*', element: <NotFoundPage /> },
            ],
          },
        ],
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
