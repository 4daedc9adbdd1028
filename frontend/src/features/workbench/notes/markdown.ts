/** Reads the Markdown of notes as the server does: blocks; emphasis within them stays as written. */

import type { TextStyle } from './listMarks';

export interface Block {
  style: TextStyle;
  text: string;
}

const PREFIXES: readonly (readonly [pattern: RegExp, style: TextStyle])[] = [
  [/^#\s+/, 'heading'],
  [/^#{2,6}\s+/, 'subheading'],
  [/^\s*[-*+]\s+/, 'bullet'],
  [/^\s*\d{1,9}[.)]\s+/, 'numbered'],
  [/^\s*>\s?/, 'quote'],
];

/** A sign that is meant as it stands. */
const ESCAPED = /^\s*\\+(?=#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>)/;

function readLine(line: string): Block {
  if (ESCAPED.test(line)) return { style: '', text: line.replace('\\', '').trim() };
  for (const [pattern, style] of PREFIXES) {
    if (pattern.test(line)) return { style, text: line.replace(pattern, '').trim() };
  }
  return { style: '', text: line.trim() };
}

/** Lines of a paragraph or a quote belong together; each item and heading is its own. */
function goesOn(last: Block | undefined, block: Block): last is Block {
  return last !== undefined && last.style === block.style && ['', 'quote'].includes(block.style);
}

export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let isAfterBlank = true;
  for (const line of markdown.split(/\r?\n/)) {
    const block = readLine(line);
    if (!block.text) {
      isAfterBlank = true;
      continue;
    }
    const last = blocks.at(-1);
    // A line without a sign right below an item goes on with it.
    const isLazy =
      block.style === '' && last && ['bullet', 'numbered', 'quote'].includes(last.style);
    if (!isAfterBlank && (goesOn(last, block) || isLazy)) last.text += ` ${block.text}`;
    else blocks.push(block);
    isAfterBlank = false;
  }
  return blocks;
}

/** What to type at the start of the next line, so that a list goes on; empty ends it. */
export function continueList(line: string): string | null {
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))\s+(.*)$/.exec(line);
  if (!found) return null;
  const [, indent, sign, number, dot, rest] = found;
  if (!rest.trim()) return '';
  return sign ? `${indent}${sign} ` : `${indent}${Number(number) + 1}${dot} `;
}
