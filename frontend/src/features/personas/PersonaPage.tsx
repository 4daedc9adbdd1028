/** The Persona page. */

import { PageBody, PageHeader } from '@/ui';

export function PersonaPage() {
  return (
    <PageBody>
      <PageHeader title="Persona" />
    </PageBody>
  );
}
