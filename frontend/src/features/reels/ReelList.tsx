/** The excerpts of a reel in their order: to play from any, to move, and to take out. */

import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconGripVertical,
  IconNotes,
  IconX,
} from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ReelDetail, ReelItem } from '@/api';
import { ExcerptCard, getVoiceName, isPlayable } from '@/features/evidence';
import { PlayButton } from '@/ui';
import classes from './Reel.module.css';
import type { ReelChanges } from './useReelChanges';
import type { ReelPlaying } from './useReelPlayback';

interface ReelListProps {
  reel: ReelDetail;
  playing: ReelPlaying;
  isEditable: boolean;
  changes: ReelChanges;
}

interface RowProps extends ReelListProps {
  item: ReelItem;
  index: number;
  onMove: (toIndex: number) => void;
}

function RowPlayButton({ item, playing }: RowProps) {
  const isHere = playing.itemId === item.id;
  const isPlaying = isHere && playing.isPlaying;
  const voice = getVoiceName(item.excerpt);
  return (
    <>
      <PlayButton
        size="lg"
        isPlaying={isPlaying}
        onClick={() => (isHere ? playing.toggle() : playing.start(item.id))}
        label={isPlayable(item.excerpt) ? `Play on from ${voice}` : `Show what ${voice} wrote`}
      />
      {isPlayable(item.excerpt) ? null : (
        <IconNotes size={16} className={classes.written} aria-label="Written, no recording" />
      )}
    </>
  );
}

function RowMenu({ item, index, reel, changes, onMove }: RowProps) {
  const last = reel.items.length - 1;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Move or take out what ${getVoiceName(item.excerpt)} said`}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={index === 0}
          leftSection={<IconArrowUp size={16} aria-hidden />}
          onClick={() => onMove(index - 1)}
        >
          Earlier
        </Menu.Item>
        <Menu.Item
          disabled={index === last}
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => onMove(index + 1)}
        >
          Later
        </Menu.Item>
        <Menu.Item
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() => void changes.remove(item)}
        >
          Take out of the reel
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Alt and an arrow move the excerpt that has the focus; the arrows alone move the focus. */
function useRowKeys({ index, isEditable, onMove }: RowProps) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (event.altKey) {
      if (isEditable) onMove(index + step);
      return;
    }
    const rows = event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('[data-row]');
    rows?.[index + step]?.focus();
  };
}

function Row(props: RowProps) {
  const { item, index, reel, playing, isEditable } = props;
  return (
    <article
      data-row
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move among these
      tabIndex={0}
      className={classes.row}
      aria-label={`${index + 1} of ${reel.items.length}. ${getVoiceName(item.excerpt)}: ${item.excerpt.text}`}
      aria-keyshortcuts={isEditable ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
      aria-current={playing.itemId === item.id || undefined}
      onKeyDown={useRowKeys(props)}
    >
      {isEditable ? <IconGripVertical size={16} className={classes.grip} aria-hidden /> : null}
      <ExcerptCard
        excerpt={item.excerpt}
        playButton={<RowPlayButton {...props} />}
        actions={isEditable ? <RowMenu {...props} /> : undefined}
      />
    </article>
  );
}

/** Where something that is dragged would be put: before the row with this index. */
function useDragging(reel: ReelDetail, move: (itemId: string, toIndex: number) => void) {
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const [slot, setSlot] = useState<number | null>(null);
  const end = () => {
    setDraggedId(null);
    setSlot(null);
  };
  return {
    draggedId,
    slot,
    rowProps: (item: ReelItem, index: number) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        setDraggedId(item.id);
      },
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (draggedId === null) return;
        event.preventDefault();
        const { top, height } = event.currentTarget.getBoundingClientRect();
        setSlot(event.clientY < top + height / 2 ? index : index + 1);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        const from = reel.items.findIndex(({ id }) => id === draggedId);
        if (draggedId !== null && slot !== null && from >= 0) {
          move(draggedId, slot > from ? slot - 1 : slot);
        }
        end();
      },
      onDragEnd: end,
    }),
  };
}

export function ReelList(props: ReelListProps) {
  const { reel, isEditable, changes } = props;
  const listRef = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState('');
  const move = (itemId: string, toIndex: number) => {
    const from = reel.items.findIndex(({ id }) => id === itemId);
    const to = Math.max(0, Math.min(toIndex, reel.items.length - 1));
    if (to === from) return;
    setTold(`Moved to place ${to + 1} of ${reel.items.length}`);
    void changes.move(itemId, to);
    // React moves the element, and the browser then forgets what had the focus.
    requestAnimationFrame(() =>
      listRef.current?.querySelectorAll<HTMLElement>('[data-row]')[to]?.focus(),
    );
  };
  const dragging = useDragging(reel, move);
  return (
    <>
      <p role="status" className="only-for-screen-readers">
        {told}
      </p>
      <ol ref={listRef} className={classes.list} aria-label="Excerpts of the reel">
        {reel.items.map((item, index) => (
          <li
            key={item.id}
            data-is-dragged={dragging.draggedId === item.id || undefined}
            data-slot={
              dragging.slot === index
                ? 'before'
                : dragging.slot === index + 1 && index === reel.items.length - 1
                  ? 'after'
                  : undefined
            }
            {...(isEditable ? dragging.rowProps(item, index) : {})}
          >
            <Row
              {...props}
              item={item}
              index={index}
              onMove={(toIndex) => move(item.id, toIndex)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}
