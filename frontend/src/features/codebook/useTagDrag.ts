/** Dragging a tag by its handle, with a mouse, a pen or a finger. */

import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Tag, TagPlace } from '@/api';
import { type DropZone, findDropPlace } from './tagMoves';

/** Farther than this from where it was pressed, a handle is dragged and no longer clicked. */
const SLACK_PX = 4;
/** So near to an edge of the window, the page scrolls. */
const EDGE_PX = 56;

export interface TagDrag {
  tagId: string;
  target: { tagId: string; zone: DropZone; place: TagPlace } | null;
}

function findZone(line: Element, y: number): DropZone {
  const box = line.getBoundingClientRect();
  const part = (y - box.top) / box.height;
  if (part < 0.28) return 'before';
  return part > 0.72 ? 'after' : 'inside';
}

function findTarget(tags: readonly Tag[], movedId: string, x: number, y: number) {
  const line = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-tag]');
  if (!line?.dataset.tag) return null;
  const zone = findZone(line, y);
  const place = findDropPlace(tags, movedId, line.dataset.tag, zone);
  return place && { tagId: line.dataset.tag, zone, place };
}

function scrollAtEdge(y: number) {
  if (y < EDGE_PX) window.scrollBy(0, -12);
  else if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, 12);
}

/** What is dragged and where it would go; `bind` gives a handle what it needs. */
export function useTagDrag(tags: readonly Tag[], onDrop: (tag: Tag, place: TagPlace) => void) {
  const [drag, setDrag] = useState<TagDrag | null>(null);
  const pressed = useRef<{ tagId: string; x: number; y: number } | null>(null);
  const stop = () => {
    pressed.current = null;
    setDrag(null);
  };
  useEffect(() => {
    if (!drag) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      pressed.current = null;
      setDrag(null);
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [drag]);
  const bind = (tag: Tag) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pressed.current = { tagId: tag.id, x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      const start = pressed.current;
      if (!start) return;
      if (!drag && Math.hypot(x - start.x, y - start.y) < SLACK_PX) return;
      scrollAtEdge(y);
      setDrag({ tagId: tag.id, target: findTarget(tags, tag.id, x, y) });
    },
    onPointerUp: () => {
      if (pressed.current && drag?.target) onDrop(tag, drag.target.place);
      stop();
    },
    onPointerCancel: stop,
  });
  return { drag, bind };
}

export type BindHandle = ReturnType<typeof useTagDrag>['bind'];
