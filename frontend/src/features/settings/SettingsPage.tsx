/** The Settings page. */

import { PageBody, PageHeader } from '@/ui';

export function SettingsPage() {
  return (
    <PageBody>
      <PageHeader title="Settings" />
    </PageBody>
  );
}
