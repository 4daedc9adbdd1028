/** Versions of a text in words. */

import type { CarrySummary, TranscriptRef, TranscriptVersion } from '@/api';
import { getLanguageName } from '@/lib/sessionKinds';
import { formatCount } from '@/lib/text';
import { formatTimeLeft } from '@/lib/time';

export function getVersionName({ version }: TranscriptRef): string {
  return `Version ${version}`;
}

/** How it was made: "whisper · large-v3 · English", or the file it was read from. */
export function describeMaking(version: TranscriptRef & { imported_name?: string | null }): string {
  const language = version.language ? getLanguageName(version.language) : 'language not known';
  if (version.imported_name) return `From ${version.imported_name} · ${language}`;
  return [version.engine, version.model, language].filter(Boolean).join(' · ');
}

/** What hangs on it: "1,204 words, 12 excerpts, 3 corrections · took about 2 minutes". */
export function describeSize(version: TranscriptVersion): string {
  const counts = [formatCount(version.word_count, 'word')];
  if (version.excerpt_count) counts.push(formatCount(version.excerpt_count, 'excerpt'));
  if (version.corrections_count) counts.push(formatCount(version.corrections_count, 'correction'));
  const took = version.seconds_taken ? `took ${formatTimeLeft(version.seconds_taken)}` : '';
  return [counts.join(', '), took].filter(Boolean).join(' · ');
}

/** What became of the excerpts: the counts, and what there is to do. */
export function describeCarry({ carried, reworded, uncertain }: CarrySummary): string {
  if (carried + reworded + uncertain === 0) return 'There were no excerpts to bring along.';
  const parts: string[] = [];
  if (carried) parts.push(`${formatCount(carried, 'excerpt')} came along word for word`);
  if (reworded) parts.push(`${formatCount(reworded, 'excerpt')} with other words`);
  if (uncertain) {
    parts.push(`${formatCount(uncertain, 'excerpt')} stayed on the earlier version`);
  }
  const todo = reworded + uncertain ? ' Look at them in the review list.' : '';
  return `${parts.join(', ')}.${todo}`;
}
