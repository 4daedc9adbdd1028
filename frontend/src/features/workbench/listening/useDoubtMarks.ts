/** Underlines doubtful words in the text. */

import { type RefObject, useEffect } from 'react';
import { setHighlight } from '../highlights';
import { listTextElements, toStaticRanges } from '../transcriptDom';
import type { TranscriptText } from '../transcriptText';
import { listDoubtfulWords } from './doubts';

export function useDoubtMarks(container: RefObject<HTMLElement | null>, text: TranscriptText) {
  useEffect(() => {
    if (!container.current) return;
    const elements = listTextElements(container.current);
    const ranges = listDoubtfulWords(text).flatMap((range) =>
      toStaticRanges(elements, text, range),
    );
    setHighlight('listen-first', ranges);
  }, [container, text]);
}
