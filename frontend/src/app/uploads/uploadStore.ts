/** Files on their way to the server; they go on while one moves between pages. */

import * as tus from 'tus-js-client';
import { ApiError, getCsrfToken, toApiError, uploadsUrl, uploadUrl } from '@/api';
import { forgetAtSignOut } from '@/lib/forgetting';
import { addReading, type Reading } from '@/lib/pace';

/** Small enough that a broken line costs seconds, large enough to keep a fast one busy. */
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000];

export type UploadState = 'sending' | 'paused' | 'failed' | 'done';

export interface UploadProgress {
  key: string;
  workspaceId: string;
  sessionId: string;
  fileName: string;
  sizeBytes: number;
  sentBytes: number;
  readings: Reading[];
  state: UploadState;
  error: ApiError | null;
}

interface StartUpload {
  workspaceId: string;
  sessionId: string;
  file: File;
  /** An upload that was begun earlier and goes on with the same file. */
  uploadId?: string;
  /** The source that a transcript becomes another version of. */
  besideId?: string;
}

type Listener = () => void;

function readAnswer(error: Error | tus.DetailedError): ApiError {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (!response) {
    return new ApiError({
      status: 0,
      message: 'The connection was lost.',
      remedy: 'What arrived is kept. Try again to go on from there.',
    });
  }
  let answer: unknown;
  try {
    answer = JSON.parse(response.getBody());
  } catch {
    answer = undefined;
  }
  return toApiError(response.getStatus(), answer);
}

export class UploadStore {
  private uploads: readonly UploadProgress[] = [];
  private readonly running = new Map<string, tus.Upload>();
  private readonly listeners = new Set<Listener>();
  private readonly doneListeners = new Set<(upload: UploadProgress) => void>();
  private count = 0;

  subscribe = (listener: Listener) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Called with each upload whose last byte has arrived. */
  subscribeDone = (listener: (upload: UploadProgress) => void) => {
    this.doneListeners.add(listener);
    return () => void this.doneListeners.delete(listener);
  };

  getUploads = () => this.uploads;

  start = async ({ workspaceId, sessionId, file, uploadId, besideId }: StartUpload) => {
    this.count += 1;
    const key = `upload-${this.count}`;
    this.uploads = [
      ...this.uploads.filter((upload) => upload.sessionId !== sessionId),
      {
        key,
        workspaceId,
        sessionId,
        fileName: file.name,
        sizeBytes: file.size,
        sentBytes: 0,
        readings: [],
        state: 'sending',
        error: null,
      },
    ];
    this.emit();
    const upload = this.prepare(key, { workspaceId, sessionId, file, uploadId, besideId });
    this.running.set(key, upload);
    if (!uploadId) {
      const [earlier] = await upload.findPreviousUploads();
      if (earlier) upload.resumeFromPreviousUpload(earlier);
    }
    upload.start();
  };

  retry = (key: string) => {
    this.patch(key, { state: 'sending', error: null, readings: [] });
    this.running.get(key)?.start();
  };

  pause = async (key: string) => {
    await this.running.get(key)?.abort();
    this.patch(key, { state: 'paused' });
  };

  /** Stops the upload and asks the server to forget what had arrived. */
  cancel = async (key: string) => {
    const upload = this.running.get(key);
    this.remove(key);
    await upload?.abort(true);
  };

  remove = (key: string) => {
    this.running.delete(key);
    this.uploads = this.uploads.filter((upload) => upload.key !== key);
    this.emit();
  };

  /** Stops all of them; what has arrived waits for whoever sends the same file again. */
  leave = () => {
    for (const upload of this.running.values()) void upload.abort();
    this.running.clear();
    this.uploads = [];
    this.emit();
  };

  private prepare(key: string, start: StartUpload): tus.Upload {
    const { workspaceId, sessionId, file, uploadId, besideId } = start;
    return new tus.Upload(file, {
      endpoint: uploadsUrl(workspaceId, sessionId),
      uploadUrl: uploadId ? uploadUrl(workspaceId, uploadId) : null,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      removeFingerprintOnSuccess: true,
      metadata: {
        filename: file.name,
        filetype: file.type,
        ...(besideId ? { beside: besideId } : {}),
      },
      onBeforeRequest: (request) => request.setHeader('X-CSRFToken', getCsrfToken()),
      onProgress: (sentBytes) => this.afterProgress(key, sentBytes),
      onSuccess: () => this.afterSuccess(key),
      onError: (error) => this.patch(key, { state: 'failed', error: readAnswer(error) }),
    });
  }

  private afterProgress(key: string, sentBytes: number) {
    const upload = this.uploads.find((one) => one.key === key);
    if (upload?.state !== 'sending') return;
    const readings = addReading(upload.readings, { atMs: performance.now(), done: sentBytes });
    this.patch(key, { sentBytes, readings });
  }

  private afterSuccess(key: string) {
    const upload = this.uploads.find((one) => one.key === key);
    if (!upload) return;
    this.patch(key, { state: 'done', sentBytes: upload.sizeBytes });
    this.running.delete(key);
    for (const listener of this.doneListeners) listener(upload);
  }

  private patch(key: string, changes: Partial<UploadProgress>) {
    this.uploads = this.uploads.map((upload) =>
      upload.key === key ? { ...upload, ...changes } : upload,
    );
    this.emit();
  }

  private emit() {
    for (const listener of this.listeners) listener();
  }
}

export const uploadStore = new UploadStore();
forgetAtSignOut(uploadStore.leave);
