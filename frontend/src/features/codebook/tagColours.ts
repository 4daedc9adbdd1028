/** Colours offered for tags: told apart from one another on white and on dark. */

export const TAG_COLOURS = [
  '#b45309',
  '#c2410c',
  '#be123c',
  '#a21caf',
  '#7e22ce',
  '#4f46e5',
  '#0369a1',
  '#0e7490',
  '#0f766e',
  '#4d7c0f',
  '#8a5a44',
  '#64748b',
];

/** The least used of the colours offered, so that a new tag stands out. */
export function proposeColour(used: readonly string[]): string {
  const count = (colour: string) => used.filter((one) => one.toLowerCase() === colour).length;
  return TAG_COLOURS.reduce((best, colour) => (count(colour) < count(best) ? colour : best));
}
