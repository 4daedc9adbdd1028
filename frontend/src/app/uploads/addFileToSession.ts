/** Puts a file into a session: notes as text, recordings and transcripts as uploads. */

import { createTextSource } from '@/api';
import { isNotes } from '@/lib/recordings';
import { uploadStore } from './uploadStore';

/** `besideId`: the source that a transcript becomes another version of. */
export async function addFileToSession(
  workspaceId: string,
  sessionId: string,
  file: File,
  besideId?: string,
) {
  if (isNotes(file)) {
    await createTextSource(workspaceId, sessionId, { text: await file.text(), name: file.name });
  } else {
    await uploadStore.start({ workspaceId, sessionId, file, besideId });
  }
}
