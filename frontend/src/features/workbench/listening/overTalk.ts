/** Where people talk over each other: passages of different voices whose times overlap. */

import type { TextSegment } from '../transcriptText';

type Timed = Pick<TextSegment, 'startMs' | 'endMs' | 'speakerId' | 'doubt'>;

/** Less is how recognition cuts words, not how people talk. */
const OVERLAP_MINIMUM_MS = 300;

/** The passages that begin while another voice is still heard, by index. */
export function findOverTalk(segments: readonly Timed[]): Set<number> {
  const found = new Set<number>();
  let last: { endMs: number; speakerId: string | null } | null = null;
  segments.forEach(({ startMs, endMs, speakerId, doubt }, index) => {
    if (startMs === null || endMs === null || doubt === 'gap') return;
    const isOther = last !== null && last.speakerId !== speakerId;
    if (last && isOther && last.endMs - startMs >= OVERLAP_MINIMUM_MS) found.add(index);
    if (!last || endMs > last.endMs) last = { endMs, speakerId };
  });
  return found;
}
