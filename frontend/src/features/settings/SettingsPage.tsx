/** The workspace's settings: people and roles, glossary, storage, tokens, about. */

import { Stack } from '@mantine/core';
import { useWorkspace } from '@/app/workspace';
import { PageBody, PageHeader } from '@/ui';
import { AboutSection } from './AboutSection';
import { DigestSection } from './DigestSection';
import { GlossarySection } from './GlossarySection';
import { MembersSection } from './MembersSection';
import { NameSection } from './NameSection';
import { PasswordSection } from './PasswordSection';
import { QuestionLogSection } from './QuestionLogSection';
import { StorageSection } from './StorageSection';
import { SynonymsSection } from './synonyms/SynonymsSection';
import { TokensSection } from './TokensSection';

export function SettingsPage() {
  const { permissions } = useWorkspace();
  return (
    <PageBody measure={880}>
      <PageHeader title="Settings" />
      <Stack gap={40} mt="lg">
        {permissions.may_manage_members ? <NameSection /> : null}
        <MembersSection />
        <GlossarySection />
        <SynonymsSection />
        <QuestionLogSection />
        <DigestSection />
        <StorageSection />
        <PasswordSection />
        <TokensSection />
        <AboutSection />
      </Stack>
    </PageBody>
  );
}
