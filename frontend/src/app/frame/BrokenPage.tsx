/** Shown when a page itself fails, in place of that page. */

import { useRouteError } from 'react-router';
import { ErrorNotice, PageBody, PageHeader } from '@/ui';

export function BrokenPage() {
  const error = useRouteError();
  return (
    <PageBody>
      <PageHeader title="This page stopped working" />
      <ErrorNotice error={error} onRetry={() => window.location.reload()} />
    </PageBody>
  );
}
