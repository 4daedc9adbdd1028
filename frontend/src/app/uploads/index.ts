/** Uploads that go on while one moves between pages. */

import { useSyncExternalStore } from 'react';
import { type UploadProgress, uploadStore } from './uploadStore';

export { addFileToSession } from './addFileToSession';
export { type UploadProgress, uploadStore } from './uploadStore';

export function useUploads(): readonly UploadProgress[] {
  return useSyncExternalStore(uploadStore.subscribe, uploadStore.getUploads);
}

/** This browser's upload into one session, if there is one. */
export function useSessionUpload(sessionId: string): UploadProgress | undefined {
  return useUploads().find((upload) => upload.sessionId === sessionId);
}
