/** Puts a file into a session: notes as text, anything else as an upload. */

import { createTextSource } from '@/api';
import { isNotes } from '@/lib/recordings';
import { uploadStore } from './uploadStore';

export async function addFileToSession(workspaceId: string, sessionId: string, file: File) {
  if (isNotes(file)) {
    await createTextSource(workspaceId, sessionId, { text: await file.text(), name: file.name });
  } else {
    await uploadStore.start({ workspaceId, sessionId, file });
  }
}
