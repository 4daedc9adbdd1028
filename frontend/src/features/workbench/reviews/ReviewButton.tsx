/** How many excerpts a new version left to look at, and the way to them. */

import { Button } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { formatCount } from '@/lib/text';
import { useReviewing } from './reviewing';

export function ReviewButton() {
  const { openCount, start, current } = useReviewing();
  if (openCount === 0 || current) return null;
  return (
    <Button
      variant="light"
      leftSection={<IconGitCompare size={16} aria-hidden />}
      onClick={() => start()}
    >
      Review {formatCount(openCount, 'excerpt')}
      <span className="only-for-screen-readers"> in the new version</span>
    </Button>
  );
}

/** The way back to what was decided, among the versions. */
export function SettledReviews() {
  const { reviews, openCount, start } = useReviewing();
  const settled = reviews.length - openCount;
  if (settled === 0) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      onClick={() => start(reviews.find(({ state }) => state !== 'open')?.id)}
    >
      {formatCount(settled, 'excerpt')} looked at: see again
    </Button>
  );
}
