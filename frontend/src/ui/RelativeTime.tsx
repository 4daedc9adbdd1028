/** "3 weeks ago", with the exact time on hover. */

import { formatExactTime, formatRelativeTime } from '@/lib/time';

export function RelativeTime({ time }: { time: string }) {
  const moment = new Date(time);
  return (
    <time dateTime={time} title={formatExactTime(moment)}>
      {formatRelativeTime(moment)}
    </time>
  );
}
