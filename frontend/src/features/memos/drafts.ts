/** What somebody began to write, kept while they look elsewhere in the page. */

import { forgetAtSignOut } from '@/lib/forgetting';

const drafts = new Map<string, string>();
forgetAtSignOut(() => drafts.clear());

export const readDraft = (place: string): string => drafts.get(place) ?? '';

export function keepDraft(place: string, text: string): void {
  if (text) drafts.set(place, text);
  else drafts.delete(place);
}
