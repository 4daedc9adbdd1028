/** The one player of the page. */

export { ClipButton } from './ClipButton';
export { usePlayerDock } from './dock';
export { PlayerBar } from './PlayerBar';
export { getMediaElement, usePicturePlace } from './picture';
export { playerStore, type Track } from './playerStore';
export { RATES } from './preferences';
export { RateMenu } from './RateMenu';
export { listSilences } from './silences';
export { useIsPlaying, usePlayer, usePlayerPosition } from './usePlayer';
