/** Shown for an address that leads nowhere. */

import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState, PageBody, PageHeader } from '@/ui';

export function NotFoundPage() {
  return (
    <PageBody>
      <PageHeader title="Nothing here" />
      <EmptyState
        title="This address leads nowhere"
        action={
          <Button component={Link} to="/">
            Go to search
          </Button>
        }
      >
        It may have been mistyped, or what it showed was deleted or belongs to another workspace.
      </EmptyState>
    </PageBody>
  );
}
