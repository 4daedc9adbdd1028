/** Names after an @ in the text of a memo: found while typing, put in, and shown. */

export interface Person {
  user_id: string;
  name: string;
}

export interface MentionQuery {
  /** Where the @ stands. */
  start: number;
  words: string;
}

const QUERY_LENGTH_MAXIMUM = 40;
/** What may stand before an @ that begins a mention; an e-mail address is none. */
const BEFORE = /[\s([{“"'„«–—-]/;
const LETTER = /[\p{L}\p{N}_]/u;

/** What is being typed after an @ at the caret, or null. */
export function findMentionQuery(text: string, caret: number): MentionQuery | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || start >= caret || (start > 0 && !BEFORE.test(text[start - 1]))) return null;
  const words = text.slice(start + 1, caret);
  if (words.length > QUERY_LENGTH_MAXIMUM || /[\n@]|^\s|\s\s/.test(words)) return null;
  return { start, words };
}

const fold = (text: string) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** People one of whose names begins with what was typed. */
export function matchPeople<T extends Person>(people: readonly T[], words: string): T[] {
  const wanted = fold(words);
  return people.filter(({ name }) => {
    const folded = fold(name);
    return (
      folded.startsWith(wanted) || folded.split(/[\s-]+/).some((part) => part.startsWith(wanted))
    );
  });
}

/** The text with the name in place of what was typed, and where the caret then stands. */
export function insertMention(text: string, query: MentionQuery, caret: number, name: string) {
  const rest = text.slice(caret);
  const before = `${text.slice(0, query.start)}@${name}${/^[\s.,;:!?)]/.test(rest) ? '' : ' '}`;
  return { text: before + rest, caret: before.length };
}

interface Piece {
  text: string;
  /** Whom this piece mentions. */
  person?: Person;
}

/** The text in pieces, those that mention somebody apart. Of two names that fit, the longer. */
export function splitMentions(text: string, people: readonly Person[]): Piece[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const pieces: Piece[] = [];
  let plainFrom = 0;
  for (let index = text.indexOf('@'); index >= 0; index = text.indexOf('@', index + 1)) {
    if (index > 0 && !BEFORE.test(text[index - 1])) continue;
    const person = byLength.find(({ name }) => {
      const end = index + 1 + name.length;
      return name && text.slice(index + 1, end) === name && !LETTER.test(text[end] ?? ' ');
    });
    if (!person) continue;
    if (index > plainFrom) pieces.push({ text: text.slice(plainFrom, index) });
    plainFrom = index + 1 + person.name.length;
    pieces.push({ text: text.slice(index, plainFrom), person });
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}

/** Ids of all whose name stands after an @; of people with one name, all of them. */
export function listMentioned(text: string, people: readonly Person[]): string[] {
  const names = new Set(splitMentions(text, people).map(({ person }) => person?.name));
  return people.filter(({ name }) => names.has(name)).map(({ user_id }) => user_id);
}
