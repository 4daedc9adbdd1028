/** Writes a tag or changes one: name, description, colour and where in the tree it stands. */

import {
  Box,
  Button,
  ColorInput,
  Group,
  Modal,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createTag, type Tag, updateTag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { useFreshEvidence } from '@/features/evidence';
import { MemoSection } from '@/features/memos';
import { ErrorNotice } from '@/ui';
import { proposeColour, TAG_COLOURS } from './tagColours';
import { listPlaces } from './tagTree';

const TOP = '';
const COLOUR = /^#[0-9a-f]{6}$/i;

export interface TagDialogProps {
  tags: readonly Tag[];
  /** The tag to change; a new one is written if left out. */
  tag?: Tag;
  /** Where a new tag is put first. */
  parent?: Tag;
  onClose: () => void;
}

function useDraft({ tags, tag, parent }: TagDialogProps) {
  const [draft, setDraft] = useState({
    name: tag?.name ?? '',
    description: tag?.description ?? '',
    when_to_use: tag?.when_to_use ?? '',
    when_not_to_use: tag?.when_not_to_use ?? '',
    colour: tag?.colour || parent?.colour || proposeColour(tags.map((one) => one.colour)),
    parent_id: tag ? tag.parent_id : (parent?.id ?? null),
  });
  const change = (changes: Partial<typeof draft>) => setDraft({ ...draft, ...changes });
  return { draft, change, isReady: draft.name.trim() !== '' && COLOUR.test(draft.colour) };
}

export function TagDialog(props: TagDialogProps) {
  const { tags, tag, onClose } = props;
  const { id } = useWorkspace();
  const refresh = useFreshEvidence();
  const { draft, change, isReady } = useDraft(props);
  const saving = useMutation({
    mutationFn: () => (tag ? updateTag(id, tag.id, draft) : createTag(id, draft)),
    onSuccess: () => {
      void refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={tag ? `Change “${tag.name}”` : 'New tag'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            required
            maxLength={100}
            data-autofocus
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label="Description"
            description="What it means, so that two people tag alike"
            autosize
            minRows={2}
            maxLength={5000}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <Textarea
            label="When to use"
            placeholder="Somebody waits for a visit, on the phone or in the waiting room"
            autosize
            maxLength={5000}
            value={draft.when_to_use}
            onChange={(event) => change({ when_to_use: event.currentTarget.value })}
          />
          <Textarea
            label="When not to use"
            placeholder="Delays of the bus on the way there"
            autosize
            maxLength={5000}
            value={draft.when_not_to_use}
            onChange={(event) => change({ when_not_to_use: event.currentTarget.value })}
          />
          <Select
            label="Under"
            searchable
            allowDeselect={false}
            data={[{ value: TOP, label: 'Top of the codebook' }, ...listPlaces(tags, tag?.id)]}
            value={draft.parent_id ?? TOP}
            onChange={(parentId) => change({ parent_id: parentId || null })}
          />
          <ColorInput
            label="Colour"
            format="hex"
            eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
            swatches={TAG_COLOURS}
            swatchesPerRow={6}
            value={draft.colour}
            onChange={(colour) => change({ colour })}
          />
          {saving.error ? <ErrorNotice error={saving.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!isReady}>
              {tag ? 'Save tag' : 'Make tag'}
            </Button>
          </Group>
        </Stack>
      </form>
      {tag ? (
        <Box mt="lg" pt="md" style={{ borderTop: '1px solid var(--line)' }}>
          <MemoSection
            subject={{ kind: 'tag', id: tag.id }}
            invitation="Not sure about an excerpt? Say where this tag begins and ends, or ask; @ tells a colleague."
          />
        </Box>
      ) : null}
    </Modal>
  );
}
