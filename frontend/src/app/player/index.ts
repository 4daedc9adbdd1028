/** The one player of the page. */

export { ClipButton } from './ClipButton';
export { PlayerBar } from './PlayerBar';
export { playerStore, type Track } from './playerStore';
export { useIsPlaying, usePlayer, usePlayerPosition } from './usePlayer';
