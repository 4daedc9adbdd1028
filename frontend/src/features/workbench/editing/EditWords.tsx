/** Opens the passage of chosen words for editing, with them chosen in the field. */

import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import toolbar from '../MarkToolbar.module.css';
import type { WordRange } from '../transcriptText';
import { useWorkbench } from '../workbench';
import { useTextEditing, useTextTools } from './textEditing';
import { findSelection } from './useEditingKeys';

export function EditWords({ range }: { range: WordRange }) {
  const { text } = useWorkbench();
  const { mayEdit } = useTextEditing();
  const { openPassage } = useTextTools();
  const found = findSelection(text, range);
  if (!mayEdit || !found) return null;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPencil size={14} aria-hidden />}
      rightSection={<kbd className={toolbar.key}>i</kbd>}
      aria-keyshortcuts="i F2"
      onClick={() => openPassage(found.segmentId, found.selection)}
    >
      Edit
    </Button>
  );
}
