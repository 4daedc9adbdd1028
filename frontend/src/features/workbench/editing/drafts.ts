/** What was typed into a passage and is not saved yet; it survives a reload. */

export interface Draft {
  segmentId: string;
  /** What the passage said when the typing began. */
  base: string;
  text: string;
}

const PREFIX = 'earshot.passage.';

function nameOf(transcriptId: string, segmentId: string): string {
  return `${PREFIX}${transcriptId}.${segmentId}`;
}

export function keepDraft(transcriptId: string, { segmentId, base, text }: Draft): void {
  try {
    localStorage.setItem(nameOf(transcriptId, segmentId), JSON.stringify({ base, text }));
  } catch {
    // Without room in the browser the words are still in the field.
  }
}

export function dropDraft(transcriptId: string, segmentId: string): void {
  try {
    localStorage.removeItem(nameOf(transcriptId, segmentId));
  } catch {
    // Nothing was kept where nothing can be kept.
  }
}

function parse(segmentId: string, kept: string | null): Draft | null {
  try {
    const { base, text } = JSON.parse(kept ?? '') as Partial<Draft>;
    return typeof base === 'string' && typeof text === 'string' ? { segmentId, base, text } : null;
  } catch {
    return null;
  }
}

export function readDraft(transcriptId: string, segmentId: string): Draft | null {
  try {
    return parse(segmentId, localStorage.getItem(nameOf(transcriptId, segmentId)));
  } catch {
    return null;
  }
}

export function listDrafts(transcriptId: string): Draft[] {
  const start = `${PREFIX}${transcriptId}.`;
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(start))
      .flatMap((name) => readDraft(transcriptId, name.slice(start.length)) ?? []);
  } catch {
    return [];
  }
}
