/** Voices of a source, and what is known of the people behind them. */

import type { ParticipantRef, Speaker } from '@/api';

export interface SpeakerFace {
  name: string;
  /** The real name, for those who may see it; otherwise empty. */
  realName: string;
  isModerator: boolean;
  /** The key that gives a turn to this speaker, from 1; its colour follows from it. */
  number: number;
  /** Changes whenever what is shown of the speaker changes. */
  key: string;
}

export const ROLE_NAMES: Record<Speaker['role'], string> = {
  participant: 'Participant',
  moderator: 'Moderator',
  observer: 'Observer',
};

export const EVIDENCE_RULE = 'Only participants’ words count as evidence.';

/** A colour to tell speakers apart by, always beside their number and name. */
export function getSpeakerColour(number: number | undefined): string {
  return number !== undefined && number <= 9 ? `var(--speaker-${number})` : 'var(--speaker-none)';
}

/** Those heard in this text first; the others belong to another version of it, or are new. */
export function orderSpeakers(speakers: readonly Speaker[], heard: ReadonlySet<string>): Speaker[] {
  const isHeard = ({ id }: Speaker) => heard.has(id);
  return [...speakers.filter(isHeard), ...speakers.filter((one) => !isHeard(one))];
}

export function getFaces(
  speakers: readonly Speaker[],
  participants: readonly ParticipantRef[],
): Map<string, SpeakerFace> {
  const people = new Map(participants.map((person) => [person.id, person]));
  return new Map(
    speakers.map((speaker, index) => {
      const person = speaker.participant_id ? people.get(speaker.participant_id) : undefined;
      const name = person?.code_name ?? speaker.code_name ?? speaker.label;
      const realName = person?.real_name ?? '';
      const isModerator = speaker.role === 'moderator';
      const number = index + 1;
      const key = [name, realName, speaker.role, speaker.label, number].join('|');
      return [speaker.id, { name, realName, isModerator, number, key }];
    }),
  );
}

/** The persona a speaker's words most likely speak for: that of the person behind the voice. */
export function proposePersona(
  speaker: Speaker | undefined,
  participants: readonly ParticipantRef[],
): string | null {
  if (speaker && speaker.role !== 'participant') return null;
  if (speaker?.persona_id) return speaker.persona_id;
  if (speaker?.participant_id) {
    return participants.find((one) => one.id === speaker.participant_id)?.persona_id ?? null;
  }
  return participants.length === 1 ? participants[0].persona_id : null;
}
