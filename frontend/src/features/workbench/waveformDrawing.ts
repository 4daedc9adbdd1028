/** Peaks fitted to the width of a canvas. */

/** The loudest peak (0 to 1) of each of `columns` equal stretches. */
export function fitPeaks(peaks: readonly number[], columns: number): number[] {
  const fitted: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const from = Math.floor((column * peaks.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.length) / columns));
    let loudest = 0;
    for (let index = from; index < to && index < peaks.length; index += 1) {
      if (peaks[index] > loudest) loudest = peaks[index];
    }
    fitted.push(loudest / 100);
  }
  return fitted;
}
