/** The Personas page. */

import { PageBody, PageHeader } from '@/ui';

export function PersonasPage() {
  return (
    <PageBody>
      <PageHeader title="Personas" />
    </PageBody>
  );
}
