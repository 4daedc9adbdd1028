/** Quiet outlines shown while something loads. */

import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';

/** True after a short while, so that fast answers don't flicker. */
function useIsSlow(delayMs = 250): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsSlow(true), delayMs);
    return () => window.clearTimeout(timer);
  }, [delayMs]);
  return isSlow;
}

interface LoadingProps {
  /** What is loading, for screen readers: "Loading studies". */
  label: string;
  rows?: number;
  rowHeight?: number;
}

export function Loading({ label, rows = 4, rowHeight = 64 }: LoadingProps) {
  const isSlow = useIsSlow();
  return (
    <div role="status" aria-label={label}>
      {isSlow ? (
        <Stack gap="sm" py="xs">
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity of their own
            <Skeleton key={row} height={rowHeight} radius="md" />
          ))}
        </Stack>
      ) : null}
    </div>
  );
}
