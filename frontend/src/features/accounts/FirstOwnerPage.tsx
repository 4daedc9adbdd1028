/** The Owner page. */

import { PageBody, PageHeader } from '@/ui';

export function FirstOwnerPage() {
  return (
    <PageBody>
      <PageHeader title="Owner" />
    </PageBody>
  );
}
