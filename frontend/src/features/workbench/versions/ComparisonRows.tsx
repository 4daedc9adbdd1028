/** Two versions side by side: what differs in full, what is the same folded. */

import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { ComparedRow, Comparison } from '@/api';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import classes from './CompareDialog.module.css';
import { ComparedText } from './ComparedText';
import { foldRows } from './foldRows';

const KIND_NAMES: Record<ComparedRow['kind'], string> = {
  same: 'The same',
  changed: 'Other words',
  removed: 'Only in the earlier version',
  added: 'Only in the later version',
};

interface RowProps {
  row: ComparedRow;
  onPlay: ((startMs: number) => void) | null;
}

function Row({ row, onPlay }: RowProps) {
  const { start_ms: startMs } = row;
  const isPlayable = onPlay !== null && startMs !== null;
  const play = () => {
    if (isPlayable && document.getSelection()?.isCollapsed !== false) onPlay(startMs);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the time is a button that does the same
    <li
      className={classes.row}
      data-differs={row.kind !== 'same' || undefined}
      data-is-playable={isPlayable || undefined}
      onClick={play}
    >
      {isPlayable ? (
        <button
          type="button"
          className={classes.time}
          aria-label={`${KIND_NAMES[row.kind]}: play from ${formatDuration(startMs)}`}
        >
          {formatDuration(startMs)}
        </button>
      ) : (
        <span className={classes.time}>{startMs === null ? '' : formatDuration(startMs)}</span>
      )}
      <ComparedText pieces={row.old} side="old" />
      <ComparedText pieces={row.new} side="new" />
    </li>
  );
}

function describeStretch(rows: readonly ComparedRow[]): string {
  const start = rows[0].start_ms;
  const end = rows.at(-1)?.end_ms ?? null;
  if (start === null || end === null) return '';
  const [from, to] = [formatDuration(start), formatDuration(end)];
  return from === to ? `, ${from}` : `, ${from}–${to}`;
}

function Folded({ rows, onPlay }: { rows: ComparedRow[]; onPlay: RowProps['onPlay'] }) {
  const [isOpen, setIsOpen] = useState(false);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <li className={classes.fold}>
        <UnstyledButton aria-expanded={isOpen} onClick={() => setIsOpen((open) => !open)}>
          <Chevron size={15} aria-hidden /> {formatCount(rows.length, 'passage')} the same
          {describeStretch(rows)}
        </UnstyledButton>
      </li>
      {isOpen
        ? // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
          rows.map((row, index) => <Row key={index} row={row} onPlay={onPlay} />)
        : null}
    </>
  );
}

/** j and k go from one difference to the next. */
function moveByKey(event: KeyboardEvent<HTMLElement>) {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-differs] button')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at === -1 ? 0 : Math.min(stops.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'center' });
  event.preventDefault();
}

interface ComparisonRowsProps {
  comparison: Comparison;
  onPlay: RowProps['onPlay'];
}

export function ComparisonRows({ comparison, onPlay }: ComparisonRowsProps) {
  const groups = foldRows(comparison.rows);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the buttons inside
    <div onKeyDown={moveByKey}>
      <ol className={classes.rows} aria-label="Passages of both versions">
        {groups.map((group, index) =>
          group.kind === 'same' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups never move
            <Folded key={index} rows={group.rows} onPlay={onPlay} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups never move
            <Row key={index} row={group.row} onPlay={onPlay} />
          ),
        )}
      </ol>
    </div>
  );
}
