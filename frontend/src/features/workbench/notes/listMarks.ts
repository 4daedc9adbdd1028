/** What stands before the items of lists in notes: a dot, or their number. */

import type { Segment } from '@/api';

export type TextStyle = Segment['style'];

/** By index; numbers begin anew after anything that is no numbered item. */
export function getListMarks(styles: readonly TextStyle[]): Map<number, string> {
  const marks = new Map<number, string>();
  let number = 0;
  styles.forEach((style, index) => {
    number = style === 'numbered' ? number + 1 : 0;
    if (style === 'numbered') marks.set(index, `${number}.`);
    if (style === 'bullet') marks.set(index, '•');
  });
  return marks;
}
