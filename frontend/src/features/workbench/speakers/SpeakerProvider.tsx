/** Lends the session page what speaker fixing needs. */

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { keys } from '@/api';
import { useWorkspace } from '@/app/workspace';
import type { Workbench } from '../workbench';
import { SpeakerFixingContext, SpeakerToolsContext } from './fixing';
import { useFixingKeys } from './useFixingKeys';
import { useFixingState } from './useFixingState';
import { useSpeakerChanges } from './useSpeakerChanges';

/** Suggestions that have just been made are read as soon as their job is done. */
function useFreshSuggestions({ session, source, transcript }: Workbench) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const done = session.jobs.find(
    ({ kind, state, source_id }) =>
      kind === 'find_speakers' && state === 'succeeded' && source_id === source.id,
  );
  const doneId = done ? `${done.id} ${done.finished_at}` : '';
  const knownId = useRef(doneId);
  useEffect(() => {
    if (knownId.current === doneId) return;
    knownId.current = doneId;
    void client.invalidateQueries({ queryKey: keys.transcript(id, transcript.id) });
    void client.invalidateQueries({ queryKey: keys.talkShare(id, transcript.id) });
    void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
  }, [client, doneId, id, transcript.id, session.id]);
}

interface SpeakerProviderProps {
  workbench: Workbench;
  containerRef: RefObject<HTMLElement | null>;
  /** Called when fixing begins: what covers the text has to go. */
  onStart: () => void;
  children: ReactNode;
}

export function SpeakerProvider(props: SpeakerProviderProps) {
  const { workbench, containerRef, onStart, children } = props;
  const editor = useSpeakerChanges(workbench);
  useFreshSuggestions(workbench);
  const { fixing, tools } = useFixingState({ workbench, editor, containerRef, onStart });
  const { source, mayMark } = workbench;
  useFixingKeys({ fixing, tools, speakers: source.speakers, mayMark });
  return (
    <SpeakerToolsContext value={tools}>
      <SpeakerFixingContext value={fixing}>{children}</SpeakerFixingContext>
    </SpeakerToolsContext>
  );
}
