/** Notes that are being written, kept in this browser until they are saved. */

import type { Notes } from '@/api';

export interface NoteDraft extends Notes {
  /** What the notes said when the writing began; empty for new ones. */
  base: string;
}

const nameOf = (subjectId: string) => `earshot.notes.${subjectId}`;

export function keepNoteDraft(subjectId: string, draft: NoteDraft): void {
  try {
    localStorage.setItem(nameOf(subjectId), JSON.stringify(draft));
  } catch {
    // Without room in the browser the words are still in the field.
  }
}

export function readNoteDraft(subjectId: string): NoteDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(subjectId)) ?? '') as Partial<NoteDraft>;
    const { title, text, base } = kept;
    if (typeof title !== 'string' || typeof text !== 'string' || typeof base !== 'string')
      return null;
    return { title, text, base };
  } catch {
    return null;
  }
}

export function dropNoteDraft(subjectId: string): void {
  try {
    localStorage.removeItem(nameOf(subjectId));
  } catch {
    // Nothing was kept where nothing can be kept.
  }
}
