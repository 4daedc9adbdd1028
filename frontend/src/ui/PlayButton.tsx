/** The round button that starts and stops something playable; light enough for a thousand rows. */

import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import classes from './PlayButton.module.css';

interface PlayButtonProps {
  isPlaying: boolean;
  onClick: () => void;
  /** What is played, for people who can't see it: "Play P03 from 1:02". */
  label: string;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  isDisabled?: boolean;
}

const ICON_SIZES = { sm: 13, md: 15, lg: 18, xl: 22 };

export function PlayButton({
  isPlaying,
  onClick,
  label,
  size = 'md',
  isDisabled,
}: PlayButtonProps) {
  const Icon = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  const name = isPlaying ? 'Pause' : label;
  return (
    <button
      type="button"
      className={classes.button}
      data-size={size}
      data-is-playing={isPlaying || undefined}
      onClick={onClick}
      disabled={isDisabled}
      aria-label={name}
      title={name}
    >
      <Icon size={ICON_SIZES[size]} aria-hidden />
    </button>
  );
}
