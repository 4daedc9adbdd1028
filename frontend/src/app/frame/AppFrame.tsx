/** The frame of every page in a workspace: rail, page, player bar. */

import { type ReactNode, useEffect, useRef } from 'react';
import { Navigate, Outlet, useLocation, useParams } from 'react-router';
import { paths } from '@/lib/paths';
import { ErrorNotice, Loading, PageBody } from '@/ui';
import { KeysHelp } from '../keysHelp';
import { PlayerBar } from '../player';
import { useSignIn, WorkspaceProvider } from '../workspace';
import classes from './AppFrame.module.css';
import { NotFoundPage } from './NotFoundPage';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { useLinkIntent } from './useLinkIntent';

/** Moves the focus to the page when the address changes, as a page load would. */
function usePageFocus() {
  const { pathname } = useLocation();
  const pageRef = useRef<HTMLElement>(null);
  const lastPathname = useRef(pathname);
  useEffect(() => {
    if (lastPathname.current === pathname) return;
    lastPathname.current = pathname;
    // A part of a page that an address names shows itself.
    if (!window.location.hash) window.scrollTo(0, 0);
    pageRef.current?.focus({ preventScroll: true });
  }, [pathname]);
  return pageRef;
}

function Frame({ children }: { children: ReactNode }) {
  const pageRef = usePageFocus();
  useLinkIntent();
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <Rail />
      <main id="page" ref={pageRef} tabIndex={-1} className={classes.page}>
        {children}
      </main>
      <div className={classes.bottom}>
        <PlayerBar />
      </div>
      <Palette />
      <KeysHelp />
    </div>
  );
}

export function AppFrame() {
  const { workspaceId } = useParams();
  const location = useLocation();
  const { data, error, refetch } = useSignIn();
  if (!data && error) {
    return (
      <PageBody>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  if (!data) return <Loading label="Opening Earshot" />;
  if (!data.user) {
    const next = encodeURIComponent(location.pathname + location.search);
    return <Navigate to={`${paths.signIn}?next=${next}`} replace />;
  }
  const workspace = data.workspaces.find((one) => one.id === workspaceId);
  if (!workspace) return <NotFoundPage />;
  return (
    <WorkspaceProvider workspace={{ ...workspace, user: data.user }}>
      <Frame>
        <Outlet />
      </Frame>
    </WorkspaceProvider>
  );
}
