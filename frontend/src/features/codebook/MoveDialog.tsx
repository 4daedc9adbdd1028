/** Puts a tag elsewhere in the tree without dragging. */

import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Tag, TagPlace } from '@/api';
import { findLastPlace } from './tagMoves';
import { compareTags, listPlaces } from './tagTree';

const TOP = '';
const LAST = 'last';

interface MoveDialogProps {
  tag: Tag;
  tags: readonly Tag[];
  onMove: (place: TagPlace) => void;
  onClose: () => void;
}

function listOrder(tags: readonly Tag[], movedId: string, parentId: string | null) {
  const siblings = tags
    .filter((tag) => tag.parent_id === parentId && tag.id !== movedId)
    .sort(compareTags);
  return [
    ...siblings.map((tag, index) => ({ value: String(index), label: `Before “${tag.name}”` })),
    { value: LAST, label: siblings.length > 0 ? 'Last' : 'As the only one' },
  ];
}

export function MoveDialog({ tag, tags, onMove, onClose }: MoveDialogProps) {
  const [parentId, setParentId] = useState(tag.parent_id);
  const [order, setOrder] = useState(LAST);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const last = findLastPlace(tags, tag.id, parentId);
    onMove(order === LAST ? last : { ...last, position: Number(order) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Move “${tag.name}”`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label="Under"
            searchable
            allowDeselect={false}
            data-autofocus
            data={[{ value: TOP, label: 'Top of the codebook' }, ...listPlaces(tags, tag.id)]}
            value={parentId ?? TOP}
            onChange={(value) => {
              setParentId(value || null);
              setOrder(LAST);
            }}
          />
          <Select
            label="Place"
            allowDeselect={false}
            data={listOrder(tags, tag.id, parentId)}
            value={order}
            onChange={(value) => setOrder(value ?? LAST)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Move</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
