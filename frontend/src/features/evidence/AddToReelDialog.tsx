/** Puts chosen excerpts into a reel, a new one or one that exists. */

import { Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  addToReel,
  createReel,
  deleteReel,
  keys,
  listReels,
  type ReelAdded,
  type ReelRow,
  removeFromReel,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { ErrorNotice, formatPeople } from '@/ui';
import { PlacePicker } from './PlacePicker';
import { type AddingProps, type Done, describeAddition, useAdding } from './useAdding';

/** "5 excerpts from 3 people, 2:05". */
export function describeReel(reel: ReelRow): string {
  const length = reel.length_ms > 0 ? `, ${formatDuration(reel.length_ms)}` : '';
  return `${formatCount(reel.excerpt_count, 'excerpt')} from ${formatPeople(reel.people_count)}${length}`;
}

function usePlaces() {
  const { id } = useWorkspace();
  const reels = useQuery({ queryKey: keys.reels(id), queryFn: () => listReels(id) });
  const data = reels.data?.results.map((reel) => ({
    id: reel.id,
    name: reel.title,
    facts: describeReel(reel),
  }));
  return { data, error: reels.error, refetch: reels.refetch };
}

export function AddToReelDialog({ excerpts, onAdded, onClose }: AddingProps) {
  const { id } = useWorkspace();
  const [words, setWords] = useState('');
  const places = usePlaces();
  const adding = useAdding({ onAdded, onClose });
  const excerptIds = excerpts.map((excerpt) => excerpt.id);
  const toDone = (
    { reel, added_ids, known_count }: ReelAdded,
    undo: () => Promise<unknown>,
  ): Done => ({
    message: describeAddition(added_ids.length, known_count, reel.title),
    path: paths.reel(id, reel.id),
    undo,
  });
  const add = async (reelId: string) => {
    const answer = await addToReel(id, reelId, excerptIds);
    const { added_ids } = answer;
    return toDone(answer, async () => {
      if (added_ids.length > 0) await removeFromReel(id, reelId, added_ids);
    });
  };
  const make = async (title: string) => {
    const answer = await createReel(id, { title, excerpt_ids: excerptIds });
    return toDone(answer, () => deleteReel(id, answer.reel.id));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Add ${formatCount(excerpts.length, 'excerpt')} to a reel`}
    >
      <Stack gap="sm">
        <PlacePicker
          label="Find a reel, or name a new one"
          listLabel="Reels"
          words={words}
          onWords={setWords}
          places={places}
          onTake={(reel) => adding.run(() => add(reel.id))}
          creation={{
            noun: 'reel',
            mayBeUnnamed: false,
            onCreate: (title) => adding.run(() => make(title)),
          }}
          empty="There is no reel yet. Type a name to make the first one."
        />
        {adding.isPending ? <Text size="sm">Adding …</Text> : null}
        {adding.error ? <ErrorNotice error={adding.error} /> : null}
      </Stack>
    </Modal>
  );
}
