/** The bare address: on to the first workspace, or to sign in. */

import { Navigate } from 'react-router';
import { paths } from '@/lib/paths';
import { EmptyState, ErrorNotice, Loading, PageBody } from '@/ui';
import { useSignIn } from '../workspace';

export function FirstWorkspace() {
  const { data, error, refetch } = useSignIn();
  if (error) {
    return (
      <PageBody>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  if (!data) return <Loading label="Opening Earshot" />;
  if (!data.user) return <Navigate to={paths.signIn} replace />;
  const first = data.workspaces[0];
  if (first) return <Navigate to={paths.search(first.id)} replace />;
  return (
    <EmptyState title="You are in no workspace yet">
      Ask an owner to add {data.user.email} as a member, then reload this page.
    </EmptyState>
  );
}
