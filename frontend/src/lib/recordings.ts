/** Which files can become a session, and what to call it. */

const RECORDING_ENDINGS = ['wav', 'mp3', 'm4a', 'ogg', 'oga', 'opus', 'flac', 'mp4', 'mov', 'webm'];
const TRANSCRIPT_ENDINGS = ['vtt', 'srt', 'sbv', 'txt', 'docx', 'json'];
const NOTE_ENDINGS = ['md'];
const LARGEST_NOTE_BYTES = 2_000_000;

const listEndings = (endings: string[]) => endings.map((ending) => `.${ending}`).join(',');

export const ACCEPTED_FILES = listEndings([
  ...RECORDING_ENDINGS,
  ...TRANSCRIPT_ENDINGS,
  ...NOTE_ENDINGS,
]);
export const ACCEPTED_TRANSCRIPTS = listEndings(TRANSCRIPT_ENDINGS);

export const TRANSCRIPTS_IN_WORDS = 'vtt, srt, sbv, txt, docx or json';
export const RECORDINGS_IN_WORDS = 'wav, mp3, m4a, ogg, flac, mp4, mov or webm';
export const ACCEPTED_IN_WORDS = `${RECORDINGS_IN_WORDS}; a transcript as ${TRANSCRIPTS_IN_WORDS}; or notes as md`;

type FileFacts = Pick<File, 'name' | 'size'>;

function getEnding(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
}

export function isNotes(file: FileFacts): boolean {
  return NOTE_ENDINGS.includes(getEnding(file.name));
}

/** Whether a file is text that somebody or something has written of what was said. */
export function isTranscript({ name }: Pick<File, 'name'>): boolean {
  return TRANSCRIPT_ENDINGS.includes(getEnding(name));
}

/** Why a file can't be taken, as a sentence with what to do; empty where it can. */
export function findFault(file: FileFacts): string {
  const ending = getEnding(file.name);
  if (file.size === 0) {
    return `“${file.name}” is empty (0 bytes). Export or copy it again, then choose it here.`;
  }
  if (isNotes(file) && file.size > LARGEST_NOTE_BYTES) {
    return `“${file.name}” is too long for notes. Split it into files of less than 2 MB.`;
  }
  if (![...RECORDING_ENDINGS, ...TRANSCRIPT_ENDINGS, ...NOTE_ENDINGS].includes(ending)) {
    return `“${file.name}” is not a kind of file Earshot can listen to or read. Choose ${ACCEPTED_IN_WORDS}.`;
  }
  return '';
}

/** Why a file can't stand beside a recording as its transcript; empty where it can. */
export function findTranscriptFault(file: FileFacts): string {
  if (isTranscript(file)) return findFault(file);
  return `“${file.name}” is not a transcript. Choose one that ends in ${TRANSCRIPTS_IN_WORDS}.`;
}

/** Whether a text reads like a talk: several lines begin with a name, or with times. */
export function isTalk(text: string): boolean {
  const turns = text.match(/^[\p{L}\p{N}][\p{L}\p{N} .'’-]{0,40}:\s|^\D{0,40}\d{1,2}:\d{2}/gmu);
  return (turns?.length ?? 0) >= 2;
}

/** A session's title from its file: "P07_home visit-2.m4a" → "P07 home visit-2". */
export function suggestTitle(fileName: string): string {
  const bare = fileName.replace(/\.[^.]+$/, '');
  return bare.replace(/_+/g, ' ').replace(/\s+/g, ' ').trim() || fileName;
}
