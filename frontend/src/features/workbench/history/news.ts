/** What others and oneself changed, laid over what the page shows; and how it is told. */

import type { Change, Excerpt, News, NewsSegment, Segment } from '@/api';

/** Which of the excerpts that came may be shown; the others are asked for again. */
export type MayShow = (excerptId: string) => boolean;

export function mergeExcerpts(
  known: readonly Excerpt[],
  news: Pick<News, 'excerpts' | 'deleted_excerpt_ids'>,
  mayShow: MayShow,
): Excerpt[] {
  const changed = new Map(
    news.excerpts.filter(({ id }) => mayShow(id)).map((excerpt) => [excerpt.id, excerpt]),
  );
  const gone = new Set(news.deleted_excerpt_ids.filter(mayShow));
  const kept = known
    .filter(({ id }) => !gone.has(id))
    .map((excerpt) => changed.get(excerpt.id) ?? excerpt);
  const knownIds = new Set(known.map(({ id }) => id));
  return [...kept, ...[...changed.values()].filter(({ id }) => !knownIds.has(id))];
}

/** The passages of one transcript after the news, in reading order; the same list if none came. */
export function mergeSegments(
  known: Segment[],
  news: Pick<News, 'segments' | 'deleted_segment_ids'>,
  transcriptId: string,
): Segment[] {
  const changed = news.segments.filter((segment) => segment.transcript_id === transcriptId);
  const replaced = new Set([...changed.map(({ id }) => id), ...news.deleted_segment_ids]);
  const kept = known.filter(({ id }) => !replaced.has(id));
  if (changed.length === 0 && kept.length === known.length) return known;
  return [...kept, ...changed.map(toSegment)].sort((a, b) => a.position - b.position);
}

function toSegment({ transcript_id: _, ...segment }: NewsSegment): Segment {
  return segment;
}

export function hasNews(news: News): boolean {
  return news.changes.length > 0;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** "Bob marked “…”"; of what was undone: "Bob took back: marked “…”". */
export function describeChange(change: Change): string {
  const { summary, created_by, undone_at, undone_by } = change;
  if (undone_at) return `${undone_by?.name ?? 'Somebody'} took back: ${lowerFirst(summary)}`;
  return `${created_by?.name ?? 'Somebody'} ${lowerFirst(summary)}`;
}

/** The changes that somebody else made or took back after those that were told already. */
export function listOthersChanges(news: News, told: number, myId: string): Change[] {
  return news.changes.filter(({ number, is_mine, undone_at, undone_by }) => {
    const isByMe = undone_at ? undone_by?.id === myId : is_mine;
    return number > told && !isByMe;
  });
}

/** One quiet line for what may be many changes. */
export function describeNews(changes: readonly Change[]): string {
  const latest = changes.at(-1);
  if (!latest) return '';
  const others = changes.length - 1;
  return others ? `${describeChange(latest)}, and ${others} more` : describeChange(latest);
}
