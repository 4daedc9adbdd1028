/** Where the picture of a film is shown on the session page, and how high; kept in this browser. */

import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import type { Source } from '@/api';

export type PicturePlace = 'side' | 'top';

interface PictureChoice {
  isShown: boolean;
  place: PicturePlace;
  heightPx: number;
}

const USUAL: PictureChoice = { isShown: true, place: 'side', heightPx: 200 };
export const HEIGHT_MINIMUM_PX = 100;

export function clampHeight(heightPx: number, windowPx: number): number {
  const most = Math.max(HEIGHT_MINIMUM_PX, Math.round(windowPx * 0.6));
  return Math.min(most, Math.max(HEIGHT_MINIMUM_PX, Math.round(heightPx)));
}

export interface Picture extends PictureChoice {
  toggle: () => void;
  move: () => void;
  resize: (heightPx: number) => void;
  /** Whether there is room beside the text at all. */
  maySide: boolean;
}

/** Undefined where the source has no picture. */
export function usePicture(source: Source): Picture | undefined {
  const [choice, setChoice] = useLocalStorage<PictureChoice>({
    key: 'earshot.picture',
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  const maySide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const toggle = useCallback(
    () => setChoice((known) => ({ ...known, isShown: !known.isShown })),
    [setChoice],
  );
  const move = useCallback(
    () =>
      setChoice((known) => ({
        ...known,
        isShown: true,
        place: known.place === 'side' ? 'top' : 'side',
      })),
    [setChoice],
  );
  const resize = useCallback(
    (heightPx: number) =>
      setChoice((known) => ({ ...known, heightPx: clampHeight(heightPx, window.innerHeight) })),
    [setChoice],
  );
  const hasPicture = Boolean(source.media?.has_video && source.media.original_url);
  return useMemo(() => {
    if (!hasPicture) return undefined;
    const place = maySide ? choice.place : 'top';
    return { ...choice, place, maySide: maySide ?? true, toggle, move, resize };
  }, [hasPicture, choice, maySide, toggle, move, resize]);
}
