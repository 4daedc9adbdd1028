/** Says who speaks, at once on the page and then on the server; each change can be undone. */

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  assignSpeaker,
  createSpeaker,
  keys,
  mergeSpeakers,
  type Segment,
  type SessionDetail,
  type Speaker,
  type SpeakerChangeAnswer,
  type SpeakerRole,
  type SpeakerScope,
  type Transcript,
  undoChange,
  updateSpeaker,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { notifyFailure } from '@/ui';
import type { Workbench } from '../workbench';
import { listReached } from './turns';

/** How long the page waits for the next change before it asks again what follows from them. */
const REST_MS = 1200;
/** What counts people or words by who said them. */
const ROOMS_THAT_COUNT = ['talk-share', 'excerpts', 'personas', 'insights', 'search'];

export interface SpeakerAssignment {
  segmentId: string;
  scope: SpeakerScope;
  speakerId: string | null;
}

type SegmentSpeaker = SpeakerChangeAnswer['segments'][number];

function assignLocally(segments: readonly Segment[], assignment: SpeakerAssignment): Segment[] {
  const from = segments.findIndex((segment) => segment.id === assignment.segmentId);
  const voiced = segments.map(({ speaker_id, voice, is_speaker_suggested }) => ({
    speakerId: speaker_id,
    isSuggested: is_speaker_suggested,
    voice,
  }));
  const reached = new Set(listReached(voiced, from, assignment.scope));
  return segments.map((segment, index) =>
    reached.has(index)
      ? { ...segment, speaker_id: assignment.speakerId, is_speaker_suggested: false }
      : segment,
  );
}

function putSpeakers(segments: readonly Segment[], given: readonly SegmentSpeaker[]): Segment[] {
  const byId = new Map(given.map((one) => [one.id, one]));
  return segments.map((segment) => ({ ...segment, ...byId.get(segment.id) }));
}

/** The lowest "Speaker 3" that is still free. */
export function proposeLabel(speakers: readonly Speaker[]): string {
  const taken = new Set(speakers.map((speaker) => speaker.label));
  let number = speakers.length + 1;
  while (taken.has(`Speaker ${number}`)) number += 1;
  return `Speaker ${number}`;
}

type Shelf = ReturnType<typeof useShelf>;

/** The page's own copy of transcript and speakers. */
function useShelf(workspaceId: string, { session, source, transcript }: Workbench) {
  const client = useQueryClient();
  const sessionKey = keys.session(workspaceId, session.id);
  const transcriptKey = keys.transcript(workspaceId, transcript.id);
  const sessionId = session.id;
  const sourceId = source.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys follow from these ids
  return useMemo(() => {
    let timer = 0;
    const refresh = () => {
      void client.invalidateQueries({ queryKey: sessionKey });
      for (const room of ROOMS_THAT_COUNT) {
        void client.invalidateQueries({ queryKey: [workspaceId, room] });
      }
    };
    return {
      patchSegments: (change: (segments: readonly Segment[]) => Segment[]) => {
        // An answer asked for before this change must not overwrite it.
        void client.cancelQueries({ queryKey: transcriptKey });
        client.setQueryData<Transcript>(transcriptKey, (known) =>
          known ? { ...known, segments: change(known.segments) } : known,
        );
      },
      putSpeakers: (change: (speakers: readonly Speaker[]) => Speaker[]) =>
        client.setQueryData<SessionDetail>(sessionKey, (known) =>
          known
            ? {
                ...known,
                sources: known.sources.map((one) =>
                  one.id === sourceId ? { ...one, speakers: change(one.speakers) } : one,
                ),
              }
            : known,
        ),
      reload: () => {
        void client.invalidateQueries({ queryKey: transcriptKey });
        refresh();
      },
      refresh,
      refreshSoon: () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(refresh, REST_MS);
      },
    };
  }, [client, workspaceId, sessionId, sourceId, transcript.id]);
}

/** Changes go to the server one after the other, so that a fast hand is followed in order. */
export class SpeakerEditor {
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  /** Answers held back while a later change, shown already, is still on its way. */
  private heldBack: SegmentSpeaker[] = [];

  constructor(
    private readonly workspaceId: string,
    private readonly transcriptId: string,
    private readonly sourceId: string,
    private readonly shelf: Shelf,
  ) {}

  /** Answers with the change, or null where it was not made. */
  assign(assignment: SpeakerAssignment) {
    this.shelf.patchSegments((segments) => assignLocally(segments, assignment));
    return this.change('The speaker was not changed.', () =>
      assignSpeaker(this.workspaceId, this.transcriptId, {
        segment_id: assignment.segmentId,
        scope: assignment.scope,
        speaker_id: assignment.speakerId,
      }),
    );
  }

  merge(speakerId: string, intoSpeakerId: string) {
    return this.change('The speakers were not merged.', () =>
      mergeSpeakers(this.workspaceId, speakerId, intoSpeakerId),
    );
  }

  undo(changeId: string) {
    return this.enqueue('The change could not be undone.', async () => {
      const { segments, change } = await undoChange(this.workspaceId, changeId);
      for (const { id, speaker_id, is_speaker_suggested } of segments) {
        this.heldBack.push({ id, speaker_id, is_speaker_suggested });
      }
      // A merged speaker is there again.
      this.shelf.refresh();
      return change;
    });
  }

  create(label: string) {
    return this.enqueue('The new speaker was not added.', async () => {
      const speaker = await createSpeaker(this.workspaceId, {
        source_id: this.sourceId,
        label,
        role: 'participant',
      });
      this.shelf.putSpeakers((speakers) => [...speakers, speaker]);
      return speaker;
    });
  }

  update(
    speakerId: string,
    changes: { label?: string; role?: SpeakerRole; participant_id?: string | null },
  ) {
    // Whose code name and persona it is now follows from the participant.
    const unknown = 'participant_id' in changes ? { code_name: null, persona_id: null } : {};
    this.shelf.putSpeakers((speakers) =>
      speakers.map((one) => (one.id === speakerId ? { ...one, ...changes, ...unknown } : one)),
    );
    return this.enqueue('The speaker was not changed.', () =>
      updateSpeaker(this.workspaceId, speakerId, changes),
    );
  }

  private change(failure: string, send: () => Promise<SpeakerChangeAnswer>) {
    return this.enqueue(failure, async () => {
      const answer = await send();
      this.heldBack.push(...answer.segments);
      this.shelf.putSpeakers(() => answer.speakers);
      return answer.change;
    });
  }

  private enqueue<Answer>(failure: string, send: () => Promise<Answer>): Promise<Answer | null> {
    this.waiting += 1;
    const done = this.queue.then(send).then(
      (answer) => {
        this.afterAnswer();
        this.shelf.refreshSoon();
        return answer;
      },
      (error: unknown) => {
        this.afterAnswer();
        notifyFailure(failure, error);
        this.shelf.reload();
        return null;
      },
    );
    this.queue = done;
    return done;
  }

  private afterAnswer() {
    this.waiting -= 1;
    if (this.waiting > 0 || this.heldBack.length === 0) return;
    const given = this.heldBack;
    this.heldBack = [];
    this.shelf.patchSegments((segments) => putSpeakers(segments, given));
  }
}

export function useSpeakerChanges(workbench: Workbench): SpeakerEditor {
  const { id } = useWorkspace();
  const shelf = useShelf(id, workbench);
  const { transcript, source } = workbench;
  return useMemo(
    () => new SpeakerEditor(id, transcript.id, source.id, shelf),
    [id, transcript.id, source.id, shelf],
  );
}
