/** Reels: a few voices one after another, made to be heard together. */

import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlaylist, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { createReel, keys, listReels, type ReelRow } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { describeReel } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader, RelativeTime } from '@/ui';
import classes from './Reel.module.css';

function NewReelDialog({ onClose }: { onClose: () => void }) {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState({ title: '', description: '' });
  const creating = useMutation({
    mutationFn: () => createReel(id, { ...draft, title: draft.title.trim() }),
    onSuccess: ({ reel }) => {
      void client.invalidateQueries({ queryKey: keys.reels(id) });
      void navigate(paths.reel(id, reel.id));
    },
  });
  const isReady = draft.title.trim() !== '';
  return (
    <Modal opened onClose={onClose} title="New reel">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) creating.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="What it is called"
            placeholder="Waiting, in their own words"
            maxLength={200}
            required
            data-autofocus
            value={draft.title}
            onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
          />
          <Textarea
            label="What it is for"
            description="Can wait"
            autosize
            minRows={2}
            maxLength={5000}
            value={draft.description}
            onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
          />
          {creating.error ? <ErrorNotice error={creating.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating.isPending} disabled={!isReady}>
              Make the reel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Card({ reel }: { reel: ReelRow }) {
  const { id } = useWorkspace();
  return (
    <Link to={paths.reel(id, reel.id)} className={classes.card}>
      <span className={classes.cardTitle}>{reel.title}</span>
      {reel.description ? <span className={classes.cardText}>{reel.description}</span> : null}
      <Text component="span" size="sm" c="dimmed">
        {describeReel(reel)} · changed <RelativeTime time={reel.updated_at} />
        {reel.missing_count > 0 ? ` · ${reel.missing_count} missing` : ''}
      </Text>
    </Link>
  );
}

function NoReels({ newButton }: { newButton: ReactNode }) {
  const { id } = useWorkspace();
  return (
    <EmptyState
      icon={<IconPlaylist size={40} stroke={1.4} />}
      title="No reels yet"
      action={
        <Group justify="center">
          <Button component={Link} to={paths.search(id)} variant="default">
            Search the evidence
          </Button>
          {newButton}
        </Group>
      }
    >
      A reel plays a few excerpts one after another, so that a team hears people instead of reading
      about them. Search for what was said, select some excerpts, and choose “Add to reel”.
    </EmptyState>
  );
}

export function ReelsPage() {
  const { id, permissions } = useWorkspace();
  const [isMaking, { open, close }] = useDisclosure(false);
  const reels = useQuery({ queryKey: keys.reels(id), queryFn: () => listReels(id) });
  const rows = reels.data?.results;
  const newButton = permissions.may_write_insights ? (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={open}>
      New reel
    </Button>
  ) : null;
  return (
    <PageBody>
      <PageHeader
        title="Reels"
        description="Voices one after another, to be heard together."
        action={newButton}
      />
      {reels.error && !rows ? (
        <ErrorNotice error={reels.error} onRetry={() => void reels.refetch()} />
      ) : null}
      {reels.isPending ? <Loading label="Loading reels" rowHeight={84} /> : null}
      {rows?.length === 0 ? <NoReels newButton={newButton} /> : null}
      {rows && rows.length > 0 ? (
        <ul className={classes.cards} aria-label="Reels">
          {rows.map((reel) => (
            <li key={reel.id}>
              <Card reel={reel} />
            </li>
          ))}
        </ul>
      ) : null}
      {isMaking ? <NewReelDialog onClose={close} /> : null}
    </PageBody>
  );
}
