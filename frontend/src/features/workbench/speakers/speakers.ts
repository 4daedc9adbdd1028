/** Voices of a source, and what is known of the people behind them. */

import type { ParticipantRef, Speaker } from '@/api';

export interface SpeakerFace {
  name: string;
  /** The real name, for those who may see it; otherwise empty. */
  realName: string;
  isModerator: boolean;
  /** Changes whenever what is shown of the speaker changes. */
  key: string;
}

export const ROLE_NAMES: Record<Speaker['role'], string> = {
  participant: 'Participant',
  moderator: 'Moderator',
  observer: 'Observer',
};

export function getFaces(
  speakers: readonly Speaker[],
  participants: readonly ParticipantRef[],
): Map<string, SpeakerFace> {
  const people = new Map(participants.map((person) => [person.id, person]));
  return new Map(
    speakers.map((speaker) => {
      const person = speaker.participant_id ? people.get(speaker.participant_id) : undefined;
      const name = person?.code_name ?? speaker.code_name ?? speaker.label;
      const realName = person?.real_name ?? '';
      const isModerator = speaker.role === 'moderator';
      const key = [name, realName, speaker.role, speaker.label].join('|');
      return [speaker.id, { name, realName, isModerator, key }];
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
