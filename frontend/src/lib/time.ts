/** Durations, dates and sizes as people read them. */

/** 62_000 → "1:02", 3_723_000 → "1:02:03". */
export function formatDuration(durationMs: number): string {
  const totalSeconds = Math.max(0, Math.floor(durationMs / 1000));
  const seconds = totalSeconds % 60;
  const minutes = Math.floor(totalSeconds / 60) % 60;
  const hours = Math.floor(totalSeconds / 3600);
  const paddedSeconds = String(seconds).padStart(2, '0');
  if (hours === 0) return `${minutes}:${paddedSeconds}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${paddedSeconds}`;
}

/** Time that was listened to: "38 min", "2 h 5 min". */
export function formatHeard(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (durationMs > 0 && minutes === 0) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A time still to wait, never falsely exact: "a few seconds", "about 40 seconds", "about 3 minutes". */
export function formatTimeLeft(secondsLeft: number): string {
  if (secondsLeft < 8) return 'a few seconds';
  if (secondsLeft < 55) return `about ${Math.ceil(secondsLeft / 10) * 10} seconds`;
  const minutes = Math.round(secondsLeft / 60);
  if (minutes <= 1) return 'about a minute';
  if (minutes < 60) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour' : `about ${hours} hours`;
}

const RELATIVE_STEPS: readonly [
  limitSeconds: number,
  unit: Intl.RelativeTimeFormatUnit,
  size: number,
][] = [
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [7 * 86_400, 'day', 86_400],
  [30 * 86_400, 'week', 7 * 86_400],
  [365 * 86_400, 'month', 30 * 86_400],
  [Number.POSITIVE_INFINITY, 'year', 365 * 86_400],
];

const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "just now", "5 minutes ago", "yesterday", "3 weeks ago". */
export function formatRelativeTime(time: Date, now: Date = new Date()): string {
  const seconds = (time.getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return 'just now';
  for (const [limit, unit, size] of RELATIVE_STEPS) {
    if (distance < limit) {
      const amount = Math.max(1, Math.round(distance / size));
      return relativeFormat.format(Math.sign(seconds) * amount, unit);
    }
  }
  return time.toDateString();
}

export function formatExactTime(time: Date): string {
  return time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

/** An ISO day or time as "4 Nov 2026". */
export function formatDay(isoDay: string): string {
  const day = new Date(isoDay.length === 10 ? `${isoDay}T12:00:00` : isoDay);
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

const SIZE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** 0 → "0 bytes", 1_536_000 → "1.5 MB" (powers of 1000, as disks are sold). */
export function formatSize(sizeBytes: number): string {
  let amount = sizeBytes;
  let unit = 0;
  while (amount >= 999.5 && unit < SIZE_UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 10 ? 1 : 0;
  return `${amount.toFixed(digits)} ${unit === 0 && sizeBytes === 1 ? 'byte' : SIZE_UNITS[unit]}`;
}
