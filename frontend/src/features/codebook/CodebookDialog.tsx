/** The dialog that was asked for on the page of the codebook. */

import type { Tag } from '@/api';
import { ImportDialog } from './ImportDialog';
import { MergeDialog } from './MergeDialog';
import { MoveDialog } from './MoveDialog';
import { TagDialog } from './TagDialog';
import { useTagChanges } from './useTagChanges';

export type DialogRequest =
  | { kind: 'new' }
  | { kind: 'add' | 'change' | 'move'; tag: Tag }
  | { kind: 'merge'; tag: Tag; into?: Tag }
  | { kind: 'import'; file?: File };

interface CodebookDialogProps {
  request: DialogRequest;
  tags: readonly Tag[];
  peopleTotal?: number;
  onClose: () => void;
}

export function CodebookDialog({ request, tags, peopleTotal, onClose }: CodebookDialogProps) {
  const changes = useTagChanges(tags);
  if (request.kind === 'new') return <TagDialog tags={tags} onClose={onClose} />;
  if (request.kind === 'import') return <ImportDialog firstFile={request.file} onClose={onClose} />;
  const { tag } = request;
  if (request.kind === 'add') return <TagDialog tags={tags} parent={tag} onClose={onClose} />;
  if (request.kind === 'change') return <TagDialog tags={tags} tag={tag} onClose={onClose} />;
  if (request.kind === 'move') {
    const move = (place: Parameters<typeof changes.move>[1]) => void changes.move(tag, place);
    return <MoveDialog tag={tag} tags={tags} onMove={move} onClose={onClose} />;
  }
  return (
    <MergeDialog
      tag={tag}
      into={'into' in request ? request.into : undefined}
      tags={tags}
      peopleTotal={peopleTotal}
      onClose={onClose}
    />
  );
}
