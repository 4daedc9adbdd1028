/** Puts quotes around words of a search, so that they are searched for as they are. */

export function quoteWords(text: string, words: string): string {
  const parts = words.split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // Nothing within quotes; what stands between two words may be more than a space.
  const found = new RegExp(`("[^"]*"?)|${parts.join('[^"\\p{L}\\p{N}]+')}`, 'iu');
  let from = 0;
  for (;;) {
    const match = found.exec(text.slice(from));
    if (!match) return text;
    const start = from + match.index;
    const end = start + match[0].length;
    if (match[1] === undefined) {
      return `${text.slice(0, start)}"${text.slice(start, end)}"${text.slice(end)}`;
    }
    from = end;
  }
}
