/** Merges a tag into another, after showing what moves. */

import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type MergePreview, mergeTag, previewMerge, type Tag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople, Loading } from '@/ui';
import { listPlaces } from './tagTree';
import { useCodebookHistory } from './useTagChanges';

interface MergeDialogProps {
  tag: Tag;
  /** Which tag it goes into, where something has chosen that. */
  into?: Tag;
  tags: readonly Tag[];
  peopleTotal?: number;
  onClose: () => void;
}

/** What merging moves, a sentence each. */
export function describeMerge(
  preview: MergePreview,
  tag: Tag,
  into: Tag,
  peopleTotal?: number,
): string[] {
  const { excerpts, people, both, children, merged_children: merged } = preview;
  const from = formatPeople(people, peopleTotal);
  return [
    excerpts > 0
      ? `${formatCount(excerpts, 'excerpt')} from ${from} tagged “${tag.name}” will be tagged “${into.name}”.`
      : `No excerpt is tagged “${tag.name}”: only the tag itself goes.`,
    both > 0 ? `${formatCount(both, 'of them has', 'of them have')} both tags already.` : '',
    children > merged.length
      ? `${formatCount(children - merged.length, 'tag')} under it will be under “${into.name}”.`
      : '',
    merged.length > 0
      ? `Merged with their namesakes there: ${merged.map((name) => `“${name}”`).join(', ')}.`
      : '',
    `“${into.name}” will have ${formatCount(preview.into_excerpts_after, 'excerpt')} from ${formatPeople(preview.into_people_after, peopleTotal)}.`,
  ].filter(Boolean);
}

function Preview({ tag, into, peopleTotal }: { tag: Tag; into: Tag; peopleTotal?: number }) {
  const { id } = useWorkspace();
  const preview = useQuery({
    // Not among what is read again after merging: the tag is gone then.
    queryKey: ['merge-preview', id, tag.id, into.id],
    gcTime: 0,
    queryFn: () => previewMerge(id, tag.id, into.id),
  });
  if (preview.error) return <ErrorNotice error={preview.error} />;
  if (!preview.data) return <Loading label="Counting what moves" rows={2} rowHeight={20} />;
  return (
    <Alert color="gray" title="What moves" role="status">
      {describeMerge(preview.data, tag, into, peopleTotal).map((sentence) => (
        <Text key={sentence} size="sm" c="var(--mantine-color-text)">
          {sentence}
        </Text>
      ))}
    </Alert>
  );
}

export function MergeDialog({ tag, into: given, tags, peopleTotal, onClose }: MergeDialogProps) {
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const { offerUndo } = useCodebookHistory();
  const [intoId, setIntoId] = useState(given?.id ?? null);
  const into = tags.find((one) => one.id === intoId);
  const merging = useMutation({
    mutationFn: (target: Tag) => mergeTag(id, tag.id, target.id),
    onSuccess: async ({ change }) => {
      onClose();
      await refresh();
      offerUndo(change.summary, change.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (into) merging.mutate(into);
  };
  return (
    <Modal opened onClose={onClose} title={`Merge “${tag.name}”`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label="Into"
            description={`“${tag.name}” goes, and the tag you choose stays. This can be undone.`}
            placeholder="Choose a tag"
            searchable
            data-autofocus
            data={listPlaces(tags).filter((place) => place.value !== tag.id)}
            value={intoId}
            onChange={setIntoId}
          />
          {into ? <Preview tag={tag} into={into} peopleTotal={peopleTotal} /> : null}
          {merging.error ? <ErrorNotice error={merging.error} title="Not merged." /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!into} loading={merging.isPending}>
              Merge
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
