/** What stands where somebody copied only a part of their link. */

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '@/lib/paths';
import { EmptyState } from '@/ui';

export function IncompleteLink({ children }: { children: ReactNode }) {
  return (
    <EmptyState
      title="This link is incomplete"
      action={
        <Button component={Link} to={paths.signIn} variant="default">
          Go to sign-in
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
