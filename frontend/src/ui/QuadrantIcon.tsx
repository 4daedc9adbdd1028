/** A small drawing for each quadrant, so that colour is never its only sign. */

import type { ReactNode } from 'react';
import type { QuadrantId } from '@/lib/quadrants';

const DRAWINGS: Record<QuadrantId, ReactNode> = {
  think_feel: (
    <>
      <path d="M9 21v-3H7.500A1.500 1.500 0 0 1 6 16.500V14l-2-.7 2-3.300C6 6 8.800 3 12.500 3S19.500 6 19.500 9.700c0 2.600-1.300 4.100-2.500 5.500V21" />
      <path d="M12.700 12.500 10.300 10a1.500 1.500 0 1 1 2.400-1.700 1.500 1.500 0 1 1 2.400 1.700z" />
    </>
  ),
  say_do: (
    <>
      <path d="M8 16H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v3" />
      <path d="M7 8h10M7 12h4" />
      <path d="M14 18.500V13a1.250 1.250 0 0 1 2.500 0v3l3 .6a1.900 1.900 0 0 1 1.500 1.900c0 1.500-.5 2.500-1 3.500h-4.500L12.500 18" />
    </>
  ),
  hear: (
    <>
      <path d="M6 10a7 7 0 1 1 13 3.600 10 10 0 0 1-2 2 8 8 0 0 0-2 3A4.500 4.500 0 0 1 8.200 20" />
      <path d="M10 10a3 3 0 1 1 5 2.200c-1.200 1-2 1.600-2 3.300" />
    </>
  ),
  see: (
    <>
      <path d="M2.500 12C5 7.500 8.200 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500s-7-2-9.500-6.500z" />
      <circle cx="12" cy="12" r="2.700" />
    </>
  ),
  pain: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m13.500 3.200-3.300 5 4 2.800-4.400 3.600 2.400 3-1 3.200" />
    </>
  ),
  gain: (
    <>
      <path d="M12 21v-9" />
      <path d="M12 14c0-4 2.600-6.500 8-6.500 0 4-2.600 6.500-8 6.500z" />
      <path d="M12 11c0-4-2.600-7-8-7 0 4.500 2.600 7 8 7z" />
    </>
  ),
};

export function QuadrantIcon({ quadrant, size = 18 }: { quadrant: QuadrantId; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke={`var(--quadrant-${quadrant})`}
      strokeWidth={1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {DRAWINGS[quadrant]}
    </svg>
  );
}
