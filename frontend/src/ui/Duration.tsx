/** A length or a place in a recording, as 1:02:03. */

import { formatDuration } from '@/lib/time';

export function Duration({ durationMs }: { durationMs: number }) {
  return (
    <time
      dateTime={`PT${Math.round(durationMs / 1000)}S`}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {formatDuration(durationMs)}
    </time>
  );
}
