/** The Search page. */

import { PageBody, PageHeader } from '@/ui';

export function SearchPage() {
  return (
    <PageBody>
      <PageHeader title="Search" />
    </PageBody>
  );
}
