/** A memo for tests: on an excerpt, by somebody else, mentioning Alice. */

import type { Memo } from '@/api';

export function makeMemo(changes: Partial<Memo> = {}): Memo {
  return {
    id: 'memo-1',
    subject: {
      kind: 'excerpt',
      id: 'excerpt-1',
      title: 'I waited six weeks',
      is_gone: false,
      study_id: 'study-1',
      study_title: 'Booking a doctor’s visit',
      session_id: 'session-1',
      session_title: 'Interview with a parent',
      source_id: 'source-1',
      transcript_id: 'transcript-1',
      word_id: 1,
      start_ms: 12_000,
    },
    session_id: 'session-1',
    parent_id: null,
    text: 'She still waits, @Alice.',
    mentions: [{ user_id: 'alice', name: 'Alice' }],
    created_by: { id: 'bob', name: 'Bob Berg' },
    created_at: '2026-11-04T09:00:00Z',
    edited_at: null,
    is_deleted: false,
    is_mine: false,
    answers: [],
    ...changes,
  };
}
