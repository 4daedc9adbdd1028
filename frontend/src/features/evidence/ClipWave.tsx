/** The small waveform of an excerpt while it plays, filling as the voice goes on. */

import { useQuery } from '@tanstack/react-query';
import { type Excerpt, keys, readPeaks } from '@/api';
import { useIsPlaying, usePlayerPosition } from '@/app/player';
import { useWorkspace } from '@/app/workspace';
import { formatDuration } from '@/lib/time';
import classes from './ClipWave.module.css';
import { pickBars } from './clipPeaks';
import { getTrack } from './excerptFacts';

const BAR_COUNT = 56;
const QUIET_BARS = Array.from({ length: BAR_COUNT }, () => 0.2);

function MovingWave({ excerpt }: { excerpt: Excerpt }) {
  const { id } = useWorkspace();
  const { startMs, endMs = startMs + 1 } = getTrack(id, excerpt);
  const positionMs = usePlayerPosition(100);
  const peaks = useQuery({
    queryKey: keys.peaks(id, excerpt.source_id),
    queryFn: () => readPeaks(id, excerpt.source_id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const bars = peaks.data ? pickBars(peaks.data, startMs, endMs, BAR_COUNT) : QUIET_BARS;
  const heard = Math.min(1, Math.max(0, (positionMs - startMs) / (endMs - startMs)));
  return (
    <div className={classes.wave}>
      <svg
        viewBox={`0 0 ${BAR_COUNT * 4} 24`}
        preserveAspectRatio="none"
        className={classes.bars}
        aria-hidden="true"
      >
        {bars.map((height, bar) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={bar}
            x={bar * 4}
            y={12 - Math.max(1, height * 11)}
            width={2.4}
            height={Math.max(2, height * 22)}
            rx={1}
            data-is-heard={bar / BAR_COUNT <= heard || undefined}
          />
        ))}
      </svg>
      <span className={classes.time} aria-hidden>
        {formatDuration(Math.max(0, endMs - positionMs))}
      </span>
    </div>
  );
}

export function ClipWave({ excerpt }: { excerpt: Excerpt }) {
  return useIsPlaying(excerpt.id) ? <MovingWave excerpt={excerpt} /> : null;
}
