/** The Insight page. */

import { PageBody, PageHeader } from '@/ui';

export function InsightPage() {
  return (
    <PageBody>
      <PageHeader title="Insight" />
    </PageBody>
  );
}
