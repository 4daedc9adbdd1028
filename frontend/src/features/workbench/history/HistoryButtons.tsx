/** Undo and redo, saying what they would change. */

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ChangeRef } from '@/api';
import { useWorkbenchHistory } from './history';

interface StepProps {
  name: 'Undo' | 'Redo';
  shortcut: string;
  change: ChangeRef | null;
  icon: ReactNode;
  onClick: () => void;
}

function Step({ name, shortcut, change, icon, onClick }: StepProps) {
  const label = change ? `${name}: ${change.summary}` : `Nothing to ${name.toLowerCase()}`;
  return (
    <Tooltip label={change ? `${label} (${shortcut.replace('Control', 'Ctrl')})` : label}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        // It keeps the focus and its tooltip when there is nothing to do.
        aria-disabled={!change}
        data-disabled={!change || undefined}
        onClick={(event) => (change ? onClick() : event.preventDefault())}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

export function HistoryButtons() {
  const { undo, redo, undoLatest, redoLatest } = useWorkbenchHistory();
  return (
    <ActionIcon.Group>
      <Step
        name="Undo"
        shortcut="Control+Z"
        change={undo}
        icon={<IconArrowBackUp size={18} aria-hidden />}
        onClick={undoLatest}
      />
      <Step
        name="Redo"
        shortcut="Control+Shift+Z"
        change={redo}
        icon={<IconArrowForwardUp size={18} aria-hidden />}
        onClick={redoLatest}
      />
    </ActionIcon.Group>
  );
}
