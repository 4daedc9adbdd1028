/** A transcript as it travels, in columns of small numbers, and as pages have it. */

import * as server from './generated';
import type { Segment, Transcript } from './types';

type Run = Segment['word_id_runs'][number];

/** Rising numbers from the steps between them. */
function sum(steps: readonly number[]): number[] {
  let last = 0;
  return steps.map((step) => {
    last += step;
    return last;
  });
}

/** Starts and ends from the time since the end before, and how long each lasts. */
export function readTimes(
  pausesMs: readonly (number | null)[],
  durationsMs: readonly (number | null)[],
  fromMs = 0,
): [startMs: number | null, endMs: number | null][] {
  let clockMs = fromMs;
  return pausesMs.map((pauseMs, index) => {
    if (pauseMs === null) return [null, null];
    const startMs = clockMs + pauseMs;
    const lasts = durationsMs[index];
    const endMs = lasts === null ? null : startMs + lasts;
    clockMs = endMs ?? startMs;
    return [startMs, endMs];
  });
}

/** Cuts runs of ids so that each segment has those of its words. */
function cutRuns(runs: readonly Run[], counts: readonly number[]): Run[][] {
  let run = 0;
  let used = 0;
  return counts.map((count) => {
    const own: Run[] = [];
    let left = count;
    while (left > 0 && run < runs.length) {
      const [first, length, step] = runs[run];
      const taken = Math.min(left, length - used);
      own.push([first + used * step, taken, step]);
      left -= taken;
      used += taken;
      if (used === length) {
        run += 1;
        used = 0;
      }
    }
    return own;
  });
}

/** The segments, from the columns of them all. */
export function readSegments(columns: server.Segments): Segment[] {
  const positions = sum(columns.position_steps);
  const times = readTimes(columns.pauses_ms, columns.durations_ms);
  const counts = columns.words.map((words) => words.length);
  const runs = cutRuns(columns.word_id_runs, counts);
  return columns.id.map((id, index) => ({
    id,
    position: positions[index],
    speaker_id: columns.speaker_id[index],
    is_speaker_suggested: columns.is_speaker_suggested[index],
    voice: columns.voice[index],
    doubt: columns.doubt[index],
    style: columns.style[index],
    start_ms: times[index][0],
    end_ms: times[index][1],
    word_id_runs: runs[index],
    words: columns.words[index],
    gaps_ms: columns.gaps_ms[index],
    lengths_ms: columns.lengths_ms[index],
    doubtful: columns.doubtful[index],
    is_withheld: columns.is_withheld[index],
  }));
}

function toTranscript({ segments, speech, ...facts }: server.Transcript): Transcript {
  const stretches = readTimes(speech.pauses_ms, speech.durations_ms);
  return {
    ...facts,
    segments: readSegments(segments),
    speech: stretches as [startMs: number, endMs: number][],
  };
}

export const readTranscript = async (
  workspaceId: string,
  transcriptId: string,
  filters: { after_position?: number } = {},
): Promise<Transcript> =>
  toTranscript(
    await server.transcriptRead({
      path: { workspace_id: workspaceId, transcript_id: transcriptId },
      query: filters,
    }),
  );

/** Some screens full, so that three hours are begun as soon as three minutes. */
const FIRST_PASSAGES = 120;

/** The beginning of the text one reads first in a session; null where there is none yet. */
export async function readSessionTranscript(
  workspaceId: string,
  sessionId: string,
): Promise<Transcript | null> {
  const answer = await server.sessionReadTranscript({
    path: { workspace_id: workspaceId, session_id: sessionId },
    query: { first: FIRST_PASSAGES },
  });
  if (!answer || !('segments' in answer)) return null;
  const transcript = toTranscript(answer);
  const last = transcript.segments[FIRST_PASSAGES - 1];
  return last ? { ...transcript, known_to: last.position } : transcript;
}
