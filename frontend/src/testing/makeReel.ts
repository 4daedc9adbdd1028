/** Reels for tests: whole, plausible, and changed where a test cares. */

import type { Excerpt, ReelDetail } from '@/api';

/** Of these excerpts; the items are called "item-" and the excerpt's id. */
export function makeReel(changes: Partial<ReelDetail> = {}, excerpts: Excerpt[] = []): ReelDetail {
  const people = new Set(excerpts.map((excerpt) => excerpt.participant?.id));
  return {
    id: 'reel-1',
    title: 'Waiting, in their own words',
    description: '',
    excerpt_count: excerpts.length,
    people_count: people.size,
    length_ms: excerpts.reduce((sum, one) => sum + (one.end_ms ?? 0) - (one.start_ms ?? 0), 0),
    missing_count: 0,
    created_by: { id: 'alice', name: 'Alice' },
    created_at: '2026-11-04T09:00:00Z',
    updated_at: '2026-11-04T09:00:00Z',
    items: excerpts.map((excerpt) => ({ id: `item-${excerpt.id}`, excerpt })),
    ...changes,
  };
}
