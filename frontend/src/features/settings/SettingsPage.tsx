/** The settings: of the workspace, of its words, and one's own; each part has an address. */

import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useWorkspace } from '@/app/workspace';
import { PageBody, PageHeader } from '@/ui';
import { AboutSection } from './AboutSection';
import { DigestSection } from './DigestSection';
import { GlossarySection } from './GlossarySection';
import { MembersSection } from './MembersSection';
import { NameSection } from './NameSection';
import { PasswordSection } from './PasswordSection';
import { QuestionLogSection } from './QuestionLogSection';
import classes from './Settings.module.css';
import { StorageSection } from './StorageSection';
import { SynonymsSection } from './synonyms/SynonymsSection';
import { TokensSection } from './TokensSection';

interface Part {
  /** As the section itself has it: what stands behind # in the address. */
  id: string;
  label: string;
  section: ReactNode;
}

type Group = [title: string, parts: Part[]];

function listGroups(mayRename: boolean): Group[] {
  const name = { id: 'workspace', label: 'Name', section: <NameSection /> };
  return [
    [
      'Workspace',
      [
        ...(mayRename ? [name] : []),
        { id: 'members', label: 'People and roles', section: <MembersSection /> },
        { id: 'storage', label: 'Recordings and speech', section: <StorageSection /> },
      ],
    ],
    [
      'Words and search',
      [
        { id: 'glossary', label: 'Glossary', section: <GlossarySection /> },
        { id: 'synonyms', label: 'Words that mean the same', section: <SynonymsSection /> },
        { id: 'question-log', label: 'Open questions', section: <QuestionLogSection /> },
      ],
    ],
    [
      'Mine',
      [
        { id: 'digests', label: 'Weekly digest', section: <DigestSection /> },
        { id: 'password', label: 'My password', section: <PasswordSection /> },
        { id: 'tokens', label: 'My tokens', section: <TokensSection /> },
      ],
    ],
    ['Earshot', [{ id: 'about', label: 'About', section: <AboutSection /> }]],
  ];
}

function Contents({ groups }: { groups: Group[] }) {
  const { hash } = useLocation();
  return (
    <nav className={classes.nav} aria-label="Settings">
      {groups.map(([title, parts]) => (
        <div key={title}>
          <p className={classes.group} id={`group-${parts[0].id}`}>
            {title}
          </p>
          <ul className={classes.links} aria-labelledby={`group-${parts[0].id}`}>
            {parts.map(({ id, label }) => (
              <li key={id}>
                <Link
                  to={{ hash: id }}
                  className={classes.link}
                  aria-current={hash === `#${id}` ? 'location' : undefined}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function SettingsPage() {
  const { permissions } = useWorkspace();
  const groups = listGroups(permissions.may_manage_members);
  return (
    <PageBody>
      <PageHeader title="Settings" />
      <div className={classes.page}>
        <Contents groups={groups} />
        <div>
          {groups.map(([title, parts]) => (
            <Stack key={title} gap={40} className={classes.part}>
              {parts.map(({ id, section }) => (
                <div key={id}>{section}</div>
              ))}
            </Stack>
          ))}
        </div>
      </div>
    </PageBody>
  );
}
