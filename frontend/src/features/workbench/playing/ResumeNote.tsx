/** Says that the page opened where this person stopped, and offers the beginning. */

import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { usePlayer } from '@/app/player';
import { formatDuration } from '@/lib/time';
import { useWorkbench } from '../workbench';
import classes from './Playing.module.css';
import type { Resumed } from './useReadingPlace';

export function ResumeNote({ resumed }: { resumed: Resumed }) {
  const { source } = useWorkbench();
  const { track, isPlaying } = usePlayer();
  const { dismiss, positionMs } = resumed;
  const isOn = isPlaying && track?.sourceId === source.id;
  useEffect(() => {
    if (isOn) dismiss();
  }, [isOn, dismiss]);
  const at = source.media && positionMs !== null ? `, at ${formatDuration(positionMs)}` : '';
  return (
    <div className={classes.resume}>
      <div className={classes.resumeNote} role="status">
        <span>You stopped here{at}</span>
        <Button size="compact-sm" variant="subtle" onClick={resumed.startOver}>
          Start from the beginning
        </Button>
        <ActionIcon variant="subtle" size="sm" aria-label="Stay here" onClick={dismiss}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
