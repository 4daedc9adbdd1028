/** The Study page. */

import { PageBody, PageHeader } from '@/ui';

export function StudyPage() {
  return (
    <PageBody>
      <PageHeader title="Study" />
    </PageBody>
  );
}
