/** What can be read off excerpts: who said it, how many people, where it plays. */

import { type Excerpt, mediaUrl, type SessionKind } from '@/api';
import type { Track } from '@/app/player';
import { paths } from '@/lib/paths';
import type { Aspect, QuadrantId } from '@/lib/quadrants';
import { formatPerson } from '@/lib/text';

/** A voice is easier to follow when its sentence doesn't start in the middle of a breath. */
const LEAD_IN_MS = 2000;
const LEAD_OUT_MS = 400;

export const SESSION_KIND_NAMES: Record<SessionKind, string> = {
  interview: 'Interview',
  focus_group: 'Focus group',
  observation: 'Observation',
  survey: 'Survey',
  feedback: 'Feedback',
  advisory_board: 'Advisory board',
};

export function getVoiceName(excerpt: Excerpt): string {
  if (excerpt.participant) return formatPerson(excerpt.participant);
  return excerpt.has_audio || excerpt.speaker_id ? 'No participant named' : 'From notes';
}

export function isPlayable(excerpt: Excerpt): boolean {
  return excerpt.has_audio && excerpt.start_ms !== null;
}

export function getExcerptPath(workspaceId: string, excerpt: Excerpt): string {
  return paths.session(workspaceId, excerpt.session_id, { excerpt: excerpt.id });
}

export function getTrack(workspaceId: string, excerpt: Excerpt): Track & { key: string } {
  const startMs = excerpt.start_ms ?? 0;
  return {
    key: excerpt.id,
    sourceId: excerpt.source_id,
    mediaUrl: mediaUrl(workspaceId, excerpt.source_id),
    startMs: Math.max(0, startMs - LEAD_IN_MS),
    endMs: excerpt.end_ms === null ? undefined : excerpt.end_ms + LEAD_OUT_MS,
    title: getVoiceName(excerpt),
    subtitle: excerpt.session_title,
    href: getExcerptPath(workspaceId, excerpt),
  };
}

export function countPeople(excerpts: readonly Excerpt[]): number {
  return new Set(excerpts.map((excerpt) => excerpt.participant?.id).filter(Boolean)).size;
}

export interface Placement {
  key: string;
  quadrant: QuadrantId;
  aspect: Aspect;
  emotion: string;
}

/** Each quadrant and aspect once, however many personas or people placed it there. */
export function listPlacements(excerpt: Excerpt): Placement[] {
  const found = new Map<string, Placement>();
  for (const { quadrant, aspect, emotion } of excerpt.placings) {
    const key = `${quadrant}.${aspect}`;
    const known = found.get(key);
    if (!known) found.set(key, { key, quadrant, aspect, emotion });
    else if (!known.emotion) known.emotion = emotion;
  }
  return [...found.values()];
}

export function listPersonas(excerpt: Excerpt): { id: string; name: string }[] {
  const found = new Map<string, string>();
  for (const { persona_id, persona_name } of excerpt.placings) {
    if (persona_id && persona_name) found.set(persona_id, persona_name);
  }
  return [...found].map(([id, name]) => ({ id, name }));
}
