/** The Codebook page. */

import { PageBody, PageHeader } from '@/ui';

export function CodebookPage() {
  return (
    <PageBody>
      <PageHeader title="Codebook" />
    </PageBody>
  );
}
