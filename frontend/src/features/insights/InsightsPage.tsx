/** The Insights page. */

import { PageBody, PageHeader } from '@/ui';

export function InsightsPage() {
  return (
    <PageBody>
      <PageHeader title="Insights" />
    </PageBody>
  );
}
