/** Puts changed passages into the page's own copy of a transcript. */

import type { Segment, Transcript } from '@/api';

export interface ChangedSegments {
  /** As they are now; those that are new find their place by their position. */
  segments: readonly Segment[];
  deleted_segment_ids?: readonly string[];
}

function isInOrder(segments: readonly Segment[]): boolean {
  return segments.every((one, index) => index === 0 || segments[index - 1].position < one.position);
}

export function patchSegments(
  known: readonly Segment[],
  { segments, deleted_segment_ids = [] }: ChangedSegments,
): Segment[] {
  const gone = new Set(deleted_segment_ids);
  const fresh = new Map(segments.map((segment) => [segment.id, segment]));
  const kept = known.flatMap((one) => (gone.has(one.id) ? [] : [fresh.get(one.id) ?? one]));
  for (const { id } of known) fresh.delete(id);
  const patched = [...kept, ...[...fresh.values()].filter(({ id }) => !gone.has(id))];
  return isInOrder(patched) ? patched : patched.sort((a, b) => a.position - b.position);
}

export function patchTranscript(known: Transcript, changed: ChangedSegments): Transcript {
  return { ...known, segments: patchSegments(known.segments, changed) };
}
