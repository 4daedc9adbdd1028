/** Counting words and naming people in sentences. */

/** `formatCount(1, 'session')` → "1 session"; `formatCount(3, 'person', 'people')` → "3 people". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
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
