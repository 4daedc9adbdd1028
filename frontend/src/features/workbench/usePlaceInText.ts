/** Where in the text the page stands: by its address, or by the chosen excerpt. */

import { type RefObject, useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { Mark } from './marks';
import { listTextElements } from './transcriptDom';
import { findWordAtTime, findWordIndex, type TranscriptText } from './transcriptText';
import type { Evidence, Workbench } from './workbench';

/** Opens where the address says: at an excerpt, a word or a time. */
export function useDeepLink(
  { text, dispatch }: Workbench,
  marks: readonly Mark[],
  container: RefObject<HTMLElement | null>,
  rest: (ms: number) => void,
) {
  const [search] = useSearchParams();
  // The key too: a link to the same place may be followed again.
  const { key } = useLocation();
  const done = useRef('');
  useEffect(() => {
    const wanted = `${key}?${search.toString()}`;
    if (!search.size || done.current === wanted || text.wordIds.length === 0) return;
    const excerptId = search.get('excerpt');
    const mark = marks.find(({ excerpt }) => excerpt.id === excerptId);
    const time = Number(search.get('t') ?? -1);
    let word = mark?.range.first ?? -1;
    if (search.has('word')) word = findWordIndex(text, Number(search.get('word')));
    else if (search.has('t')) word = Math.max(0, findWordAtTime(text, time));
    if (word === -1) return;
    done.current = wanted;
    if (mark) dispatch({ type: 'activate', excerptId: mark.excerpt.id });
    else dispatch({ type: 'stand', word, activeId: null });
    rest(text.startsMs[word] ?? 0);
    const elements = container.current ? listTextElements(container.current) : [];
    elements[text.segmentOf[word]]?.scrollIntoView({ block: 'center' });
    container.current?.focus({ preventScroll: true });
  }, [search, key, text, marks, dispatch, container, rest]);
}

/** Brings an excerpt chosen in the panel or on the waveform into sight in the text. */
export function useActiveInSight(
  text: TranscriptText,
  { marking, marks }: Pick<Evidence, 'marking' | 'marks'>,
  container: RefObject<HTMLElement | null>,
) {
  const mark = marks.find(({ excerpt }) => excerpt.id === marking.activeId);
  const segment = mark ? text.segmentOf[mark.range.first] : -1;
  useEffect(() => {
    if (segment === -1 || !container.current) return;
    const element = listTextElements(container.current)[segment];
    const box = element?.getBoundingClientRect();
    if (box && (box.top < 150 || box.bottom > window.innerHeight - 120)) {
      element.scrollIntoView({ block: 'center' });
    }
  }, [segment, container]);
  return mark;
}
