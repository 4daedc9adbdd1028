/** Counting words and naming people in sentences. */

/** `formatCount(1, 'session')` → "1 session"; `formatCount(3, 'person', 'people')` → "3 people". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const QUOTED_LENGTH = 60;

/** A title in quotation marks within a sentence, cut at a word where it is long. */
export function quoteBriefly(title: string): string {
  const letters = [...title.trim().replace(/\.$/, '')];
  if (letters.length <= QUOTED_LENGTH) return `“${letters.join('')}”`;
  const cut = letters.slice(0, QUOTED_LENGTH).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `“${lastSpace > QUOTED_LENGTH / 2 ? cut.slice(0, lastSpace) : cut}…”`;
}

/** Two letters that stand for a name where there is no picture. */
export function getInitials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return '?';
  const letters =
    words.length === 1
      ? [...words[0]].slice(0, 2)
      : [words[0], words.at(-1)!].map((word) => [...word][0]);
  return letters.join('').toUpperCase();
}

/** Code name, with the real name for those who may see it: "P07 · Ann Lee". */
export function formatPerson(person: { code_name: string; real_name?: string | null }): string {
  return person.real_name ? `${person.code_name} · ${person.real_name}` : person.code_name;
}
