/** Recordings of people who took back their consent: what is said of them, and what is left. */

import type { Source, Transcript } from '@/api';

const list = new Intl.ListFormat('en-GB');

/** "P03" or "P03 and P07": who took back their consent here; empty where nobody did. */
export function nameWithdrawn({ withdrawn }: Source): string {
  return list.format(withdrawn);
}

/** Why something here can't be played or read, what was kept, and what would bring it back. */
export function explainWithheld(source: Source): string {
  const names = nameWithdrawn(source);
  if (source.is_closed && source.kind === 'recording') {
    return `${names} took back their consent: the recording and what they said are kept, but nobody can play or read them unless they agree again.`;
  }
  const kept = `${names} took back their consent: what they said is kept, but nobody can read it unless they agree again.`;
  return source.kind === 'recording'
    ? `${kept} The recording still plays, since others agree.`
    : kept;
}

/** A text without a recording, or with a closed one: times in it would lead to what can't be played. */
export function withoutTimes(transcript: Transcript): Transcript {
  const segments = transcript.segments.map((segment) => ({
    ...segment,
    ...{ start_ms: null, end_ms: null, gaps_ms: null, lengths_ms: null },
  }));
  return { ...transcript, segments, speech: [] };
}
