/** The Session page. */

import { PageBody, PageHeader } from '@/ui';

export function SessionPage() {
  return (
    <PageBody>
      <PageHeader title="Session" />
    </PageBody>
  );
}
