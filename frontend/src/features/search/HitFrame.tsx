/** What the keyboard can stand on in a list of hits: space plays, Enter opens, x selects. */

import type { KeyboardEvent, ReactNode } from 'react';
import classes from './Hits.module.css';

/** Whether the hit's excerpt is chosen, and choosing it, or all from the one chosen last to it. */
export interface HitSelection {
  isSelected: boolean;
  onToggle: (isRange: boolean) => void;
}

interface HitFrameProps {
  label: string;
  onOpen: () => void;
  onPlay?: () => void;
  onSelect?: (isRange: boolean) => void;
  place?: FeedPlace;
  /** Words that were asked for and are not in it. */
  missing?: readonly string[];
  children: ReactNode;
}

/** Where it stands among all that were found, as far as that is known. */
export interface FeedPlace {
  index: number;
  /** -1: nobody knows. */
  count: number;
}

const SELECTING: Record<string, boolean> = { x: false, X: true };

export function HitFrame(props: HitFrameProps) {
  const { label, onOpen, onPlay, onSelect, place, missing = [], children } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys pressed on a button or link inside belong to it.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const isRange = SELECTING[event.key];
    const select = onSelect && isRange !== undefined ? () => onSelect(isRange) : undefined;
    const action = { Enter: onOpen, ' ': onPlay }[event.key] ?? select;
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <article
      data-hit
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an article of a feed takes the focus
      tabIndex={0}
      aria-label={label}
      aria-posinset={place && place.index + 1}
      aria-setsize={place?.count}
      aria-keyshortcuts={[onPlay && 'Space', 'Enter', onSelect && 'X'].filter(Boolean).join(' ')}
      className={classes.hit}
      onKeyDown={onKeyDown}
    >
      {children}
      {missing.length > 0 ? (
        <p className={classes.missing}>
          Without: <s>{missing.join(', ')}</s>
        </p>
      ) : null}
    </article>
  );
}
