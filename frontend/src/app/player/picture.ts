/** The one media element of the page, and the place where its picture is shown.

A page may lend a place of its own; without one, the player bar shows the picture small. The
element is moved as a whole, so that nothing is loaded twice and the sound goes on. */

import { type RefObject, useLayoutEffect } from 'react';

let element: HTMLVideoElement | null = null;
let home: HTMLElement | null = null;
const lent: HTMLElement[] = [];

export function getMediaElement(): HTMLVideoElement {
  if (!element) {
    element = document.createElement('video');
    element.preload = 'metadata';
    element.playsInline = true;
  }
  return element;
}

/** Removed and put elsewhere in one go: browsers pause only what is left outside the page. */
function settle() {
  const place = lent.at(-1) ?? home;
  const media = getMediaElement();
  if (!place) media.remove();
  else if (media.parentElement !== place) place.append(media);
}

/** The player bar's own place: where the element lives while no page shows the picture. */
export function usePictureHome(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    home = ref.current;
    settle();
    return () => {
      home = null;
      settle();
    };
  }, [ref]);
}

/** Shows the picture in a place of the calling page for as long as that is shown. */
export function usePicturePlace(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const place = ref.current;
    if (!place) return;
    lent.push(place);
    settle();
    return () => {
      lent.splice(lent.indexOf(place), 1);
      settle();
    };
  }, [ref]);
}
