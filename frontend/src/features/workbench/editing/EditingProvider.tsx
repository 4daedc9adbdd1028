/** Lends the session page what editing text needs, and says quietly what was done. */

import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect } from 'react';
import type { Workbench } from '../workbench';
import { ConflictPanel } from './ConflictPanel';
import classes from './Editing.module.css';
import {
  OpenPassageContext,
  type TextEditing,
  TextEditingContext,
  TextToolsContext,
} from './textEditing';
import { useEditingKeys } from './useEditingKeys';
import { useEditingState } from './useEditingState';
import type { Done } from './useTextChanges';

const SHOWN_MS = 12_000;

function DoneNote({ done, onClose }: { done: Done | null; onClose: () => void }) {
  // What asks for a decision stays; a mere report goes by itself.
  const isBrief = done !== null && done.undoLabel === undefined;
  useEffect(() => {
    if (!isBrief) return;
    const timer = window.setTimeout(onClose, SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [isBrief, onClose]);
  return (
    <div className={classes.notePlace} role="status">
      {done ? (
        <div className={classes.note}>
          <span>{done.message}</span>
          {done.onUndo ? (
            <Button size="compact-sm" variant="subtle" onClick={done.onUndo}>
              {done.undoLabel ?? 'Undo'}
            </Button>
          ) : null}
          {done.more ? (
            <Button size="compact-sm" variant="subtle" onClick={done.more.onAct}>
              {done.more.label}
            </Button>
          ) : null}
          <ActionIcon variant="subtle" size="sm" aria-label="Close the note" onClick={onClose}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ) : null}
    </div>
  );
}

/** Texts whose passage is gone: there is no row to show them at. */
function Orphans({ workbench, editing }: { workbench: Workbench; editing: TextEditing }) {
  const { segments } = workbench.text;
  const orphans = [...editing.unsaved.values()].filter(
    ({ segmentId }) => !segments.some(({ id }) => id === segmentId),
  );
  return orphans.map((unsaved) => <ConflictPanel key={unsaved.segmentId} unsaved={unsaved} />);
}

interface EditingProviderProps {
  workbench: Workbench;
  containerRef: RefObject<HTMLElement | null>;
  children: ReactNode;
}

export function EditingProvider(props: EditingProviderProps) {
  const { workbench, containerRef, children } = props;
  const { editing, open, tools, done, setDone } = useEditingState(workbench, containerRef);
  useEditingKeys({ workbench, containerRef, editing, tools });
  return (
    <TextToolsContext value={tools}>
      <TextEditingContext value={editing}>
        <OpenPassageContext value={open}>{children}</OpenPassageContext>
        <Orphans workbench={workbench} editing={editing} />
        <DoneNote done={open ? null : done} onClose={() => setDone(null)} />
      </TextEditingContext>
    </TextToolsContext>
  );
}
