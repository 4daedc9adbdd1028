/** An excerpt as the page shows it before the server has answered. */

import type { Excerpt, NewExcerpt, NewPlacing, Placing, TagRef } from '@/api';

/** What is sent, and what the page knows already and shows meanwhile. */
export interface ExcerptDraft extends Omit<NewExcerpt, 'tag_ids'> {
  text: string;
  start_ms: number | null;
  end_ms: number | null;
  speaker_id: string | null;
  tags: TagRef[];
}

export function toPlacing(placing: NewPlacing, id: string): Placing {
  return {
    id,
    quadrant: placing.quadrant,
    aspect: placing.aspect ?? '',
    persona_id: placing.persona_id ?? null,
    persona_name: null,
    emotion: placing.emotion ?? '',
    intensity: placing.intensity ?? null,
  };
}

/** A changed placing; the name of a new persona comes with the server's answer. */
export function changePlacing(placing: Placing, changes: Partial<NewPlacing>): Placing {
  const persona_name = 'persona_id' in changes ? null : placing.persona_name;
  return { ...placing, ...changes, persona_name };
}

export function toExcerpt(draft: ExcerptDraft, id: string, sessionId: string): Excerpt {
  return {
    id,
    session_id: sessionId,
    session_title: '',
    session_kind: 'interview',
    study_id: '',
    study_title: '',
    source_id: '',
    transcript_id: draft.transcript_id,
    has_audio: draft.start_ms !== null,
    first_word_id: draft.first_word_id,
    last_word_id: draft.last_word_id,
    word_ids: [],
    text: draft.text,
    start_ms: draft.start_ms,
    end_ms: draft.end_ms,
    speaker_id: draft.speaker_id,
    participant: null,
    is_doubtful: false,
    heard_at: null,
    is_key_quote: draft.is_key_quote ?? false,
    tags: draft.tags,
    placings: (draft.placings ?? []).map((placing) =>
      toPlacing(placing, `new-${placing.quadrant}`),
    ),
    created_by: null,
    created_at: new Date().toISOString(),
    held_on: null,
  };
}

export function toNewExcerpt(draft: ExcerptDraft): NewExcerpt {
  return {
    transcript_id: draft.transcript_id,
    first_word_id: draft.first_word_id,
    last_word_id: draft.last_word_id,
    placings: draft.placings ?? [],
    is_key_quote: draft.is_key_quote ?? false,
    tag_ids: draft.tags.map((tag) => tag.id),
  };
}

/** The server's row of a placing that was shown before it had an id. */
export function findSamePlacing(excerpt: Excerpt, placing: Placing): Placing {
  return (
    excerpt.placings.find((one) => one.id === placing.id) ??
    excerpt.placings.find((one) => one.quadrant === placing.quadrant) ??
    placing
  );
}
