/** Shows in the text where the excerpt under review is proposed to be. */

import { type RefObject, useEffect } from 'react';
import { setHighlight } from '../highlights';
import { listTextElements, toStaticRanges } from '../transcriptDom';
import { findWordAtTime, type TranscriptText } from '../transcriptText';
import type { Reviewing } from './reviewing';

/** Below the player, where the review at the bottom doesn't cover it. */
const PLAYER_PX = 170;

function showAtTop(element: HTMLElement | undefined) {
  if (!element) return;
  element.style.scrollMarginTop = `${PLAYER_PX}px`;
  element.scrollIntoView({ block: 'start' });
  element.style.scrollMarginTop = '';
}

export function usePlaceMark(
  container: RefObject<HTMLElement | null>,
  text: TranscriptText,
  { current, place }: Reviewing,
) {
  const first = place?.first ?? -1;
  const last = place?.last ?? -1;
  const nearMs = current?.start_ms ?? null;
  useEffect(() => {
    if (!container.current || !current?.id) {
      setHighlight('review-place', []);
      return;
    }
    const elements = listTextElements(container.current);
    const ranges = first === -1 ? [] : toStaticRanges(elements, text, { first, last });
    setHighlight('review-place', ranges);
    const near = nearMs === null ? -1 : Math.max(0, findWordAtTime(text, nearMs));
    const word = first === -1 ? near : first;
    showAtTop(elements[text.segmentOf[word]]);
    return () => setHighlight('review-place', []);
  }, [container, text, current?.id, first, last, nearMs]);
}
