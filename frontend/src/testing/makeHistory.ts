/** Changes and news of a session for tests, whole but for what a test changes. */

import type { Change, News } from '@/api';

export function makeChange(changes: Partial<Change> = {}): Change {
  return {
    id: 'change-1',
    number: 1,
    verb: 'excerpt.create',
    summary: 'Marked “the reminder came”',
    session_id: 'session-1',
    created_at: '2026-11-22T10:00:00Z',
    created_by: { id: 'alice', name: 'Alice' },
    is_mine: true,
    undone_at: null,
    undone_by: null,
    excerpt_ids: [],
    segment_ids: [],
    ...changes,
  };
}

export function makeNews(changes: Partial<News> = {}): News {
  return {
    latest: 0,
    undo: null,
    redo: null,
    changes: [],
    excerpts: [],
    deleted_excerpt_ids: [],
    segments: [],
    deleted_segment_ids: [],
    has_speakers_changed: false,
    has_memos_changed: false,
    ...changes,
  };
}
