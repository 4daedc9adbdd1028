/** Shown when a page itself fails, in place of that page. */

import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { ErrorNotice, PageBody, PageHeader } from '@/ui';

/** A part of the page that is gone because Earshot was upgraded meanwhile. */
const MISSING_PART = /dynamically imported module|module script failed/i;
const RELOADED_KEY = 'earshot-reloaded-at';

/** Loads the new page once; a second failure within ten seconds is shown instead. */
function reloadOnce(): void {
  const lastMs = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
  if (Date.now() - lastMs < 10_000) return;
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  window.location.reload();
}

export function BrokenPage() {
  const error = useRouteError();
  const isUpgraded = error instanceof Error && MISSING_PART.test(error.message);
  useEffect(() => {
    if (isUpgraded) reloadOnce();
  }, [isUpgraded]);
  return (
    <PageBody>
      <PageHeader title="This page stopped working" />
      <ErrorNotice error={error} onRetry={() => window.location.reload()} />
    </PageBody>
  );
}
