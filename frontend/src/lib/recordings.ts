/** Which files can become a session, and what to call it. */

const RECORDING_ENDINGS = ['wav', 'mp3', 'm4a', 'ogg', 'oga', 'opus', 'flac', 'mp4', 'mov', 'webm'];
const NOTE_ENDINGS = ['txt', 'md'];
const LARGEST_NOTE_BYTES = 2_000_000;

export const ACCEPTED_FILES = [...RECORDING_ENDINGS, ...NOTE_ENDINGS]
  .map((ending) => `.${ending}`)
  .join(',');

export const ACCEPTED_IN_WORDS =
  'wav, mp3, m4a, ogg, flac, mp4, mov or webm; or notes as txt or md';

type FileFacts = Pick<File, 'name' | 'size'>;

function getEnding(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
}

export function isNotes(file: FileFacts): boolean {
  return NOTE_ENDINGS.includes(getEnding(file.name));
}

/** Why a file can't be taken, as a sentence with what to do; empty where it can. */
export function findFault(file: FileFacts): string {
  const ending = getEnding(file.name);
  if (file.size === 0) {
    return `“${file.name}” is empty (0 bytes). Export or copy the recording again, then choose it here.`;
  }
  if (isNotes(file) && file.size > LARGEST_NOTE_BYTES) {
    return `“${file.name}” is too long for notes. Split it into files of less than 2 MB.`;
  }
  if (![...RECORDING_ENDINGS, ...NOTE_ENDINGS].includes(ending)) {
    return `“${file.name}” is not a kind of file Earshot can listen to. Choose ${ACCEPTED_IN_WORDS}.`;
  }
  return '';
}

/** A session's title from its file: "P07_home visit-2.m4a" → "P07 home visit-2". */
export function suggestTitle(fileName: string): string {
  const bare = fileName.replace(/\.[^.]+$/, '');
  return bare.replace(/_+/g, ' ').replace(/\s+/g, ' ').trim() || fileName;
}
