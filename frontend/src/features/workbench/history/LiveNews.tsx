/** A quiet line about what was undone or what others do, and names at marks that just appeared. */

import { type RefObject, useLayoutEffect, useState } from 'react';
import { listTextElements, toLiveRange } from '../transcriptDom';
import { useEvidence, useWorkbench } from '../workbench';
import { type FreshMark, useWorkbenchHistory } from './history';
import classes from './LiveNews.module.css';

interface NameTag extends FreshMark {
  top: number;
  left: number;
}

/** Where the marks begin, within the text. */
function useNameTags(container: RefObject<HTMLElement | null>): NameTag[] {
  const { text } = useWorkbench();
  const { marks } = useEvidence();
  const { freshMarks } = useWorkbenchHistory();
  const [tags, setTags] = useState<NameTag[]>([]);
  useLayoutEffect(() => {
    const element = container.current;
    if (!element || freshMarks.length === 0) return setTags([]);
    const elements = listTextElements(element);
    const frame = element.getBoundingClientRect();
    setTags(
      freshMarks.flatMap((fresh) => {
        const mark = marks.find(({ excerpt }) => excerpt.id === fresh.excerptId);
        const box = mark && toLiveRange(elements, text, mark.range)?.getClientRects()[0];
        return box ? [{ ...fresh, top: box.top - frame.top, left: box.left - frame.left }] : [];
      }),
    );
  }, [container, text, marks, freshMarks]);
  return tags;
}

/** Stands in the transcript; the line below says the same to those who can't see it. */
export function NameTags({ containerRef }: { containerRef: RefObject<HTMLElement | null> }) {
  return useNameTags(containerRef).map(({ excerptId, name, top, left }) => (
    <span key={excerptId} className={classes.name} style={{ top, left }} aria-hidden>
      {name}
    </span>
  ));
}

export function NewsLine() {
  const { message } = useWorkbenchHistory();
  return (
    <div
      role="status"
      aria-live="polite"
      className={classes.line}
      data-is-empty={!message || undefined}
    >
      {message}
    </div>
  );
}
