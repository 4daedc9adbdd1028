/** The Sign-in page. */

import { PageBody, PageHeader } from '@/ui';

export function SignInPage() {
  return (
    <PageBody>
      <PageHeader title="Sign-in" />
    </PageBody>
  );
}
