import { describe, expect, it } from 'vitest';
import { cycleExcerpts, findOverlapWord, getOverlapPlace, listExcerptsAt } from './overlaps';

const mark = (id: string, first: number, last: number) => ({
  excerpt: { id },
  range: { first, last },
});
const MARKS = [mark('wide', 0, 9), mark('middle', 2, 6), mark('narrow', 4, 5), mark('far', 20, 22)];

describe('excerpts over each other', () => {
  it('are listed from the shortest to the longest', () => {
    expect(listExcerptsAt(MARKS, 4).map(({ excerpt }) => excerpt.id)).toEqual([
      'narrow',
      'middle',
      'wide',
    ]);
    expect(listExcerptsAt(MARKS, 15)).toEqual([]);
  });

  it('are gone through round and round, either way', () => {
    let activeId: string | null = null;
    const seen: (string | undefined)[] = [];
    for (let press = 0; press < 4; press += 1) {
      activeId = cycleExcerpts(MARKS, activeId, 4, 1)?.excerpt.id ?? null;
      seen.push(activeId ?? undefined);
    }
    expect(seen).toEqual(['narrow', 'middle', 'wide', 'narrow']);
    expect(cycleExcerpts(MARKS, 'narrow', 4, -1)?.excerpt.id).toBe('wide');
    expect(cycleExcerpts(MARKS, null, 4, -1)?.excerpt.id).toBe('wide');
    expect(cycleExcerpts(MARKS, null, 15, 1)).toBeUndefined();
  });

  it('are those of the active one where the cursor is elsewhere', () => {
    expect(findOverlapWord(MARKS, 'far', 4)).toBe(20);
    expect(findOverlapWord(MARKS, 'middle', 5)).toBe(5);
    expect(findOverlapWord(MARKS, null, 7)).toBe(7);
    expect(getOverlapPlace(MARKS, 'middle', 5)).toEqual({ position: 2, count: 3 });
    expect(getOverlapPlace(MARKS, 'far', 4)).toEqual({ position: 1, count: 1 });
  });
});
