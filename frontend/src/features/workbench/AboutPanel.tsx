/** How the text came to be: engine, model, language, file, voices. */

import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { keys, type Source, transcribeAgain } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { getLanguageName } from '@/lib/sessionKinds';
import { formatCount } from '@/lib/text';
import { formatDuration, formatSize, formatTimeLeft } from '@/lib/time';
import { ErrorNotice, RelativeTime } from '@/ui';
import classes from './AboutPanel.module.css';
import { ROLE_NAMES } from './speakers/speakers';
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

function listTranscriptFacts({ transcript }: Source): Fact[] {
  if (!transcript) return [];
  const facts: Fact[] = [];
  if (transcript.engine) facts.push(['Engine', transcript.engine]);
  if (transcript.model) facts.push(['Model', transcript.model]);
  facts.push([
    'Language',
    transcript.language ? getLanguageName(transcript.language) : 'Not known',
  ]);
  facts.push(['Length', formatCount(transcript.word_count, 'word')]);
  facts.push(['Version', `${transcript.version}`]);
  if (transcript.seconds_taken) facts.push(['Took', formatTimeLeft(transcript.seconds_taken)]);
  facts.push(['Made', <RelativeTime key="made" time={transcript.created_at} />]);
  return facts;
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

/** Asks for the text anew; excerpts are kept. */
export function TranscribeAgainButton({ variant = 'default' }: { variant?: string }) {
  const { id } = useWorkspace();
  const { session, source } = useWorkbench();
  const client = useQueryClient();
  const starting = useMutation({
    mutationFn: () => transcribeAgain(id, source.id),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
      void client.invalidateQueries({ queryKey: keys.jobs(id) });
    },
  });
  return (
    <div>
      <Button
        size="xs"
        variant={variant}
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={starting.isPending}
        onClick={() => starting.mutate()}
      >
        Transcribe again
      </Button>
      {starting.error ? (
        <div style={{ marginTop: 8 }}>
          <ErrorNotice error={starting.error} />
        </div>
      ) : null}
    </div>
  );
}

function Voices() {
  const { source, faces } = useWorkbench();
  if (source.speakers.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb={4}>
        Voices
      </Title>
      <ul className={classes.voices}>
        {source.speakers.map((speaker) => (
          <li key={speaker.id}>
            <Text component="span" size="sm" fw={550}>
              {faces.get(speaker.id)?.name ?? speaker.label}
            </Text>{' '}
            <Text component="span" size="sm" c="dimmed">
              {ROLE_NAMES[speaker.role]}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
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
        <Title order={2} size="h4" mb={4}>
          Text
        </Title>
        <Facts facts={listTranscriptFacts(source)} />
        {source.transcript?.notice ? (
          <Text size="sm" c="dimmed" mt="xs">
            {source.transcript.notice}
          </Text>
        ) : null}
        {mayMark && source.kind === 'recording' ? (
          <div style={{ marginTop: 10 }}>
            <TranscribeAgainButton />
          </div>
        ) : null}
      </section>
      <Voices />
      <section>
        <Title order={2} size="h4" mb={4}>
          {source.kind === 'recording' ? 'Recording' : 'Notes'}
        </Title>
        <Facts facts={listMediaFacts(source)} />
        {source.media && mayMark ? (
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
