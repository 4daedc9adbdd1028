/** Dropped files become sessions: one for each, whose upload begins at once. */

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createSession, keys, type SessionKind } from '@/api';
import { addFileToSession } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { findFault, isNotes, isTalk, suggestTitle } from '@/lib/recordings';

export interface FileFault {
  fileName: string;
  message: string;
}

function formatLocalDay(time: number): string {
  const day = new Date(time);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** Text that is no talk is what somebody noted. */
async function proposeKind(file: File): Promise<SessionKind> {
  if (isNotes(file)) return 'observation';
  const isPlain = /\.txt$/i.test(file.name);
  return isPlain && !isTalk(await file.text()) ? 'observation' : 'interview';
}

export function useAddFiles(studyId: string) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const [faults, setFaults] = useState<FileFault[]>([]);

  const addFile = async (file: File): Promise<FileFault | null> => {
    const message = findFault(file);
    if (message) return { fileName: file.name, message };
    try {
      const session = await createSession(id, {
        study_id: studyId,
        kind: await proposeKind(file),
        title: suggestTitle(file.name),
        held_on: formatLocalDay(file.lastModified),
      });
      await addFileToSession(id, session.id, file);
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'The server could not answer.';
      return { fileName: file.name, message: `“${file.name}” was not added. ${reason}` };
    }
  };

  const addFiles = async (files: File[]) => {
    setFaults([]);
    for (const file of files) {
      const fault = await addFile(file);
      if (fault) setFaults((others) => [...others, fault]);
      void client.invalidateQueries({ queryKey: keys.sessions(id, studyId) });
    }
    void client.invalidateQueries({ queryKey: keys.studies(id) });
  };

  return { addFiles, faults, clearFaults: () => setFaults([]) };
}
