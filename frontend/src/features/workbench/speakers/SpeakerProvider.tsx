/** Lends the session page what speaker fixing needs. */

import type { ReactNode, RefObject } from 'react';
import type { Workbench } from '../workbench';
import { SpeakerFixingContext, SpeakerToolsContext } from './fixing';
import { useFixingKeys } from './useFixingKeys';
import { useFixingState } from './useFixingState';
import { useSpeakerChanges } from './useSpeakerChanges';

interface SpeakerProviderProps {
  workbench: Workbench;
  containerRef: RefObject<HTMLElement | null>;
  children: ReactNode;
}

export function SpeakerProvider({ workbench, containerRef, children }: SpeakerProviderProps) {
  const editor = useSpeakerChanges(workbench);
  const { fixing, tools } = useFixingState(workbench, editor, containerRef);
  const { source, mayMark } = workbench;
  useFixingKeys({ fixing, tools, speakers: source.speakers, mayMark });
  return (
    <SpeakerToolsContext value={tools}>
      <SpeakerFixingContext value={fixing}>{children}</SpeakerFixingContext>
    </SpeakerToolsContext>
  );
}
