/** One reel: voices one after another. */

import { Button, Text } from '@mantine/core';
import { IconPlaylistAdd, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { keys, type ReelDetail, readReel } from '@/api';
import { type KeyHint, useKeysHelp } from '@/app/keysHelp';
import { useWorkspace } from '@/app/workspace';
import { ExcerptPicker } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import {
  EditableText,
  EmptyState,
  ErrorNotice,
  Loading,
  PageBody,
  PageHeader,
  RelativeTime,
} from '@/ui';
import { ReelList } from './ReelList';
import { ReelMenu } from './ReelMenu';
import { ReelStage } from './ReelStage';
import { type ReelChanges, useReelChanges } from './useReelChanges';
import { type ReelPlaying, useReelPlayback } from './useReelPlayback';

const REEL_KEYS: KeyHint[] = [
  { keys: ['Space'], does: 'Play or pause' },
  { keys: ['→', '←'], does: 'The next voice, the one before' },
  { keys: ['↓', '↑'], does: 'Through the list, once it has the focus' },
  { keys: ['Alt ↓', 'Alt ↑'], does: 'Move the excerpt later or earlier' },
];

/** Where arrows mean something else, and where the space key does. */
const BUSY = 'input, textarea, select, [role="dialog"], [role="menu"], [role="slider"]';
const PRESSABLE = `button, a, ${BUSY}`;

function usePlayingKeys({ toggle, step }: ReelPlaying) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const busy = event.key === ' ' ? PRESSABLE : BUSY;
      const isBusy = event.target instanceof Element && event.target.closest(busy) !== null;
      if (isBusy || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const acts: Record<string, () => void> = {
        ' ': toggle,
        ArrowRight: () => step(1),
        ArrowLeft: () => step(-1),
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [toggle, step]);
}

function Facts({ reel }: { reel: ReelDetail }) {
  return (
    <Text size="sm" c="dimmed" mt={8}>
      {reel.created_by ? `Made by ${reel.created_by.name} · ` : ''}changed{' '}
      <RelativeTime time={reel.updated_at} />
    </Text>
  );
}

function Missing({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Text size="sm" mt="sm" role="note">
      {formatCount(count, 'excerpt is', 'excerpts are')} missing: deleted, or said by somebody who
      has withdrawn since.
    </Text>
  );
}

function Empty({ onAdd }: { onAdd?: () => void }) {
  const { id } = useWorkspace();
  return (
    <EmptyState
      icon={<IconPlaylistAdd size={40} stroke={1.4} />}
      title="No voices in this reel yet"
      action={
        onAdd ? (
          <Button onClick={onAdd} leftSection={<IconPlus size={17} aria-hidden />}>
            Add excerpts
          </Button>
        ) : (
          <Button component={Link} to={paths.search(id)} variant="default">
            Search the evidence
          </Button>
        )
      }
    >
      A few sentences from different people say more than many from one. Add them here, or choose
      them in a search and press “Add to reel”.
    </EmptyState>
  );
}

interface HeaderProps {
  reel: ReelDetail;
  isEditable: boolean;
  changes: ReelChanges;
  onAdd: () => void;
}

function Header({ reel, isEditable, changes, onAdd }: HeaderProps) {
  const { id } = useWorkspace();
  return (
    <PageHeader
      title={reel.title}
      titleContent={
        <EditableText
          text={reel.title}
          label="the title"
          isEditable={isEditable}
          isRequired
          maxLength={200}
          onSave={(title) => changes.write({ title })}
        />
      }
      trail={[{ label: 'Reels', to: paths.reels(id) }]}
      description={
        <>
          <EditableText
            text={reel.description}
            label="the description"
            invitation="Say what it is for"
            isEditable={isEditable}
            onSave={(description) => changes.write({ description })}
          />
          <Facts reel={reel} />
        </>
      }
      action={
        <>
          {isEditable && reel.items.length > 0 ? (
            <Button
              variant="default"
              leftSection={<IconPlus size={17} aria-hidden />}
              onClick={onAdd}
            >
              Add excerpts
            </Button>
          ) : null}
          <ReelMenu {...{ reel, isEditable, changes }} />
        </>
      }
    />
  );
}

function Reel({ reel }: { reel: ReelDetail }) {
  const { permissions } = useWorkspace();
  const [isPicking, setIsPicking] = useState(false);
  const changes = useReelChanges(reel);
  const playing = useReelPlayback(reel);
  usePlayingKeys(playing);
  useKeysHelp(REEL_KEYS);
  const isEditable = permissions.may_write_insights;
  const pick = () => setIsPicking(true);
  return (
    <PageBody>
      <Header {...{ reel, isEditable, changes }} onAdd={pick} />
      <Missing count={reel.missing_count} />
      {reel.items.length > 0 ? (
        <>
          <ReelStage reel={reel} playing={playing} />
          <ReelList {...{ reel, playing, isEditable, changes }} />
        </>
      ) : (
        <Empty onAdd={isEditable ? pick : undefined} />
      )}
      {isPicking ? (
        <ExcerptPicker
          title={`Add to “${reel.title}”`}
          isOpenToUnheard
          isChosen={(excerpt) => reel.items.some((item) => item.excerpt.id === excerpt.id)}
          onAdd={(excerpt) => void changes.add(excerpt)}
          onClose={() => setIsPicking(false)}
        />
      ) : null}
    </PageBody>
  );
}

export function ReelPage() {
  const { id } = useWorkspace();
  const { reelId = '' } = useParams();
  const reel = useQuery({
    queryKey: keys.reel(id, reelId),
    queryFn: () => readReel(id, reelId),
  });
  if (reel.data) return <Reel key={reelId} reel={reel.data} />;
  return (
    <PageBody>
      <PageHeader title="Reel" trail={[{ label: 'Reels', to: paths.reels(id) }]} />
      {reel.error ? (
        <ErrorNotice error={reel.error} onRetry={() => void reel.refetch()} />
      ) : (
        <Loading label="Loading the reel" rowHeight={110} />
      )}
    </PageBody>
  );
}
