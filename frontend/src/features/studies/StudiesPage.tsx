/** The Studies page. */

import { PageBody, PageHeader } from '@/ui';

export function StudiesPage() {
  return (
    <PageBody>
      <PageHeader title="Studies" />
    </PageBody>
  );
}
