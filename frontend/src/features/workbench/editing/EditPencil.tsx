/** Opens a passage for editing by mouse or touch; keyboards have `i`. */

import { IconPencil } from '@tabler/icons-react';
import classes from './Editing.module.css';
import { useTextEditing, useTextTools } from './textEditing';

export function EditPencil({ segmentId }: { segmentId: string }) {
  const { mayEdit } = useTextEditing();
  const { openPassage } = useTextTools();
  if (!mayEdit) return null;
  // A second way to what `i` and F2 do: one more stop in every row would slow the Tab key.
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      title="Edit the passage (i)"
      className={classes.pencil}
      data-pencil
      onClick={() => openPassage(segmentId)}
    >
      <IconPencil size={13} />
    </button>
  );
}
