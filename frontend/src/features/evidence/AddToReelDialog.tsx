/** Puts chosen excerpts into a reel, a new one or one that exists. */

import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  addToReel,
  createReel,
  deleteReel,
  type Excerpt,
  keys,
  listReels,
  type ReelAdded,
  type ReelRow,
  removeFromReel,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount, quoteBriefly } from '@/lib/text';
import { ErrorNotice, Loading, notifyFailure, notifyWithUndo } from '@/ui';
import { ReelChoice, type ReelTarget } from './ReelChoice';
import { useFreshEvidence } from './useFreshEvidence';

function describeAddition({ added_ids, known_count, reel }: ReelAdded): string {
  const added = `${formatCount(added_ids.length, 'excerpt')} added to ${quoteBriefly(reel.title)}.`;
  const known = `${formatCount(known_count, 'excerpt was', 'excerpts were')} in it already.`;
  return [added, known_count > 0 ? known : ''].filter(Boolean).join(' ');
}

function useTelling() {
  const { id } = useWorkspace();
  const navigate = useNavigate();
  const refresh = useFreshEvidence();
  return (answer: ReelAdded, isNew: boolean) => {
    const { reel, added_ids } = answer;
    const takeBack = async () => {
      try {
        if (isNew) await deleteReel(id, reel.id);
        else if (added_ids.length > 0) await removeFromReel(id, reel.id, added_ids);
      } catch (error) {
        notifyFailure('The reel is as it was.', error);
      }
      void refresh();
    };
    notifyWithUndo({
      message: describeAddition(answer),
      next: { label: 'Open', act: () => navigate(paths.reel(id, reel.id)) },
      onUndo: takeBack,
    });
  };
}

interface AddToReelDialogProps {
  excerpts: readonly Excerpt[];
  onAdded: () => void;
  onClose: () => void;
}

function AddToReelForm({ excerpts, onAdded, onClose, reels }: FormProps) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const tell = useTelling();
  const [target, setTarget] = useState<ReelTarget>({ reelId: reels[0]?.id ?? null, title: '' });
  const title = target.title.trim();
  const adding = useMutation({
    mutationFn: () => {
      const excerptIds = excerpts.map((excerpt) => excerpt.id);
      if (target.reelId) return addToReel(id, target.reelId, excerptIds);
      return createReel(id, { title, excerpt_ids: excerptIds });
    },
    onSuccess: (answer) => {
      tell(answer, target.reelId === null);
      void refresh();
      onAdded();
      onClose();
    },
  });
  const isReady = target.reelId !== null || title !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) adding.mutate();
      }}
    >
      <Stack gap="md">
        <ReelChoice reels={reels} target={target} onChange={setTarget} />
        {adding.error ? <ErrorNotice error={adding.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={adding.isPending} disabled={!isReady}>
            {target.reelId ? 'Add to reel' : 'Make the reel'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FormProps extends AddToReelDialogProps {
  reels: readonly ReelRow[];
}

export function AddToReelDialog(props: AddToReelDialogProps) {
  const { id } = useWorkspace();
  const reels = useQuery({ queryKey: keys.reels(id), queryFn: () => listReels(id) });
  const title = `Add ${formatCount(props.excerpts.length, 'excerpt')} to a reel`;
  return (
    <Modal opened onClose={props.onClose} title={title} size="md">
      {reels.error ? (
        <ErrorNotice error={reels.error} onRetry={() => void reels.refetch()} />
      ) : null}
      {reels.isPending ? <Loading label="Loading reels" rows={3} rowHeight={40} /> : null}
      {reels.data ? <AddToReelForm {...props} reels={reels.data.results} /> : null}
    </Modal>
  );
}
