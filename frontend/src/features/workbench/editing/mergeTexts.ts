/** Brings two people's changes of one passage together, where they don't stand in each other's way. */

/** Words from `from` up to `to` of the text before became these. */
interface Edit {
  from: number;
  to: number;
  words: string[];
}

/** Beyond this, comparing every word with every other takes longer than it helps. */
const WORDS_MAXIMUM = 1500;

export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

export function tidyText(text: string): string {
  return splitWords(text).join(' ');
}

function measureCommon(old: readonly string[], fresh: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        old[i] === fresh[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

/** What was done to the words, as few and as small edits as there can be. */
export function listEdits(old: readonly string[], fresh: readonly string[]): Edit[] {
  const lengths = measureCommon(old, fresh);
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  const change = (from: number, to: number, words: string[]) => {
    const last = edits.at(-1);
    if (last && last.to === from) {
      last.to = to;
      last.words.push(...words);
    } else edits.push({ from, to, words });
  };
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const isGone = j === fresh.length || (i < old.length && lengths[i + 1][j] >= lengths[i][j + 1]);
    if (isGone) {
      change(i, i + 1, []);
      i += 1;
    } else {
      change(i, i, [fresh[j]]);
      j += 1;
    }
  }
  return edits;
}

function isSameEdit(a: Edit, b: Edit): boolean {
  return a.from === b.from && a.to === b.to && a.words.join(' ') === b.words.join(' ');
}

/** Edits side by side touch: which of them goes first, nobody can say. */
function doTouch(a: Edit, b: Edit): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** The text with both people's changes; null where they changed the same words otherwise. */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  const [old, my, their] = [base, mine, theirs].map(splitWords);
  if (Math.max(old.length, my.length, their.length) > WORDS_MAXIMUM) return null;
  const theirEdits = listEdits(old, their);
  const myEdits = listEdits(old, my).filter(
    (edit) => !theirEdits.some((one) => isSameEdit(edit, one)),
  );
  if (myEdits.some((edit) => theirEdits.some((one) => doTouch(edit, one)))) return null;
  const merged = [...old];
  const edits = [...myEdits, ...theirEdits].sort((a, b) => b.from - a.from);
  for (const { from, to, words } of edits) merged.splice(from, to - from, ...words);
  return merged.join(' ');
}
