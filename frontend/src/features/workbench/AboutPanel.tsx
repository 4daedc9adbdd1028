/** How the text came to be: its versions, the voices, the file. */

import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Source } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatDuration, formatSize } from '@/lib/time';
import classes from './AboutPanel.module.css';
import { ImportedFiles } from './exchange/ImportedFiles';
import { nameWithdrawn } from './playing/closedRecording';
import { SpeakersSection } from './speakers/SpeakersSection';
import { VersionList } from './versions/VersionList';
import { useWorkbench } from './workbench';

type Fact = [name: string, value: React.ReactNode];

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function listMediaFacts({ media, name }: Source): Fact[] {
  if (!media) return [['Name', name]];
  const facts: Fact[] = [['Name', name]];
  if (media.duration_ms !== null) facts.push(['Duration', formatDuration(media.duration_ms)]);
  facts.push(['Size', formatSize(media.size_bytes)]);
  if (media.container) facts.push(['Format', media.container]);
  if (media.is_truncated) facts.push(['Note', 'The file ends early: its last part is missing.']);
  return facts;
}

export function AboutPanel() {
  const { id } = useWorkspace();
  const { source, mayMark } = useWorkbench();
  return (
    <Stack gap="lg" p="md">
      {source.duplicate_of ? (
        <Text size="sm">
          The same file is also in{' '}
          <Anchor
            component={Link}
            to={paths.session(id, source.duplicate_of.session_id)}
            underline="always"
          >
            {source.duplicate_of.title}
          </Anchor>
          .
        </Text>
      ) : null}
      <section>
        <Title order={2} size="h4" mb={8}>
          Versions of the text
        </Title>
        <VersionList />
      </section>
      <SpeakersSection />
      <ImportedFiles />
      <section>
        <Title order={2} size="h4" mb={4}>
          {source.kind === 'recording' ? 'Recording' : 'Notes'}
        </Title>
        <Facts facts={listMediaFacts(source)} />
        {source.withdrawn.length ? (
          <Text size="sm" c="dimmed" mt={8}>
            Without the consent of {nameWithdrawn(source)},{' '}
            {source.media
              ? 'the file can’t be downloaded, nor transcribed again.'
              : 'these notes can’t be edited.'}
          </Text>
        ) : null}
        {source.media?.original_url && mayMark ? (
          <Button
            mt={10}
            size="xs"
            variant="default"
            component="a"
            href={source.media.original_url}
            download
            leftSection={<IconDownload size={15} aria-hidden />}
          >
            Download the original
          </Button>
        ) : null}
      </section>
    </Stack>
  );
}
