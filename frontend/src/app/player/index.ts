/** The one player of the page. */

export { ClipButton } from './ClipButton';
export { usePlayerDock } from './dock';
export { PlayerBar } from './PlayerBar';
export { playerStore, type Track } from './playerStore';
export { RateMenu } from './RateMenu';
export { useIsPlaying, usePlayer, usePlayerPosition } from './usePlayer';
