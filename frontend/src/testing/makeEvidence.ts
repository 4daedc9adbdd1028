/** Rows of evidence for tests: whole, plausible, and changed where a test cares. */

import type { Excerpt, InsightRow, Placing, SearchAnswer, Tag, Theme } from '@/api';

export function makePlacing(changes: Partial<Placing> = {}): Placing {
  return {
    id: 'placing-1',
    quadrant: 'pain',
    aspect: '',
    persona_id: 'maya',
    persona_name: 'Maya Lindqvist',
    emotion: '',
    intensity: null,
    ...changes,
  };
}

export function makeExcerpt(changes: Partial<Excerpt> = {}): Excerpt {
  return {
    id: 'excerpt-1',
    session_id: 'session-1',
    session_title: 'Interview with a parent',
    session_kind: 'interview',
    study_id: 'study-1',
    study_title: 'Booking a doctor’s visit',
    source_id: 'source-1',
    transcript_id: 'transcript-1',
    has_audio: true,
    first_word_id: 1,
    last_word_id: 6,
    word_ids: [1, 2, 3, 4, 5, 6],
    text: 'The reminder came a day late.',
    start_ms: 12_000,
    end_ms: 15_000,
    speaker_id: 'speaker-1',
    participant: { id: 'p03', code_name: 'P03', real_name: null, persona_id: 'maya' },
    is_key_quote: false,
    is_doubtful: false,
    heard_at: null,
    tags: [{ id: 'reminders', name: 'reminders', colour: '#0369a1' }],
    placings: [makePlacing()],
    created_by: { id: 'alice', name: 'Alice' },
    created_at: '2026-11-04T09:00:00Z',
    held_on: '2026-11-02',
    ...changes,
  };
}

export function makeTag(changes: Partial<Tag> = {}): Tag {
  const { excerpt_count = 3, people_count = 2 } = changes;
  return {
    id: 'reminders',
    name: 'reminders',
    description: '',
    when_to_use: '',
    when_not_to_use: '',
    colour: '#0369a1',
    parent_id: null,
    position: 0,
    excerpt_count,
    people_count,
    branch_excerpt_count: excerpt_count,
    branch_people_count: people_count,
    created_at: '2026-11-01T09:00:00Z',
    ...changes,
  };
}

export function makeTheme(changes: Partial<Theme> = {}): Theme {
  return {
    tag_id: 'reminders',
    name: 'reminders',
    colour: '#0369a1',
    people: 2,
    excerpts: 3,
    quotes: [makeExcerpt()],
    ...changes,
  };
}

export function makeInsight(changes: Partial<InsightRow> = {}): InsightRow {
  return {
    id: 'insight-1',
    statement: 'Free slots stay empty because nobody learns of them.',
    summary: '',
    status: 'aware',
    opportunity: '',
    action_note: '',
    personas: [],
    people_for: 3,
    people_against: 1,
    excerpts_for: 4,
    excerpts_against: 1,
    study_count: 1,
    newest_at: '2026-11-02T09:00:00Z',
    created_by: { id: 'alice', name: 'Alice' },
    created_at: '2026-11-04T09:00:00Z',
    updated_at: '2026-11-04T09:00:00Z',
    ...changes,
  };
}

/** An answer that holds these excerpts and nothing else. */
export function makeAnswer(excerpts: Excerpt[], changes: Partial<SearchAnswer> = {}): SearchAnswer {
  return {
    total: excerpts.length,
    excerpts: excerpts.length,
    people: new Set(excerpts.map((excerpt) => excerpt.participant?.id)).size,
    people_total: 9,
    studies: 1,
    complete: changes.total ?? excerpts.length,
    dropped_words: [],
    also_searched: [],
    took_ms: 1,
    facets: [],
    hits: excerpts.map((excerpt) => ({
      kind: 'excerpt',
      text: excerpt.text,
      highlights: [],
      missing_words: [],
      excerpt,
      insight: null,
      persona: null,
      claim: null,
      tag: null,
      passage: null,
      memo: null,
    })),
    ...changes,
  };
}
