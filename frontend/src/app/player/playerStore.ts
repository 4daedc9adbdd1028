/** What plays now, kept outside React so that the position can move without rendering pages. */

import { forgetAtSignOut } from '@/lib/forgetting';
import { clampRate, keepPreferences, readPreferences, stepRate } from './preferences';
import { findSilenceEnd, type Stretch } from './silences';

export interface Track {
  sourceId: string;
  mediaUrl: string;
  /** Played instead where the browser can't play `mediaUrl`: the sound alone of a film. */
  fallbackUrl?: string;
  startMs: number;
  /** Where to stop; the recording goes on when played again from there. */
  endMs?: number;
  /** From `endMs` it goes back to `startMs`, until somebody stops it or goes elsewhere. */
  isLooping?: boolean;
  title: string;
  subtitle?: string;
  /** The page this voice belongs to. */
  href?: string;
  /** What it is one of, such as a reel: that goes on with the next by itself. */
  series?: { title: string; href: string; place: string; next?: () => void };
  /** Names the thing that started it, so that its button can show "Pause". */
  key?: string;
  /** Called once, when it was played to `endMs` without a jump. */
  onEnd?: () => void;
}

export interface PlayerState {
  track: Track | null;
  isPlaying: boolean;
  isWaiting: boolean;
  hasVideo: boolean;
  durationMs: number;
  rate: number;
  /** Whether long silences are jumped over while playing. */
  isSkippingSilence: boolean;
  error: string;
}

const SILENT: PlayerState = {
  track: null,
  isPlaying: false,
  isWaiting: false,
  hasVideo: false,
  durationMs: 0,
  rate: 1,
  isSkippingSilence: false,
  error: '',
};

const UNPLAYABLE =
  'This recording could not be played. Reload the page; if it stays silent, its file may still be in preparation.';

type Listener = () => void;

export class PlayerStore {
  private state: PlayerState = { ...SILENT, ...readPreferences() };
  private media: HTMLMediaElement | null = null;
  private frame = 0;
  private silences: { sourceId: string; stretches: readonly Stretch[] } | null = null;
  private pendingSeekMs: number | null = null;
  private endedTrack: Track | null = null;
  private readonly stateListeners = new Set<Listener>();
  private readonly positionListeners = new Set<Listener>();

  subscribe = (listener: Listener) => {
    this.stateListeners.add(listener);
    return () => void this.stateListeners.delete(listener);
  };

  subscribePosition = (listener: Listener) => {
    this.positionListeners.add(listener);
    return () => void this.positionListeners.delete(listener);
  };

  getState = () => this.state;

  getPositionMs = () => {
    if (this.pendingSeekMs !== null) return this.pendingSeekMs;
    return this.media ? Math.round(this.media.currentTime * 1000) : 0;
  };

  /** The player bar lends its media element; the store drives it. */
  attach(media: HTMLMediaElement): () => void {
    this.media = media;
    const handlers: [string, Listener][] = [
      ['play', () => this.startFrames()],
      ['playing', () => this.patch({ isPlaying: true, isWaiting: false })],
      ['pause', () => this.patch({ isPlaying: false })],
      ['waiting', () => this.patch({ isWaiting: true })],
      ['canplay', () => this.patch({ isWaiting: false })],
      ['seeked', () => this.emitPosition()],
      ['timeupdate', () => this.afterMoving()],
      ['ended', () => this.finishTrack()],
      ['loadedmetadata', () => this.afterMetadata(media)],
      ['error', () => this.afterFault()],
    ];
    for (const [name, handler] of handlers) media.addEventListener(name, handler);
    return () => {
      for (const [name, handler] of handlers) media.removeEventListener(name, handler);
      cancelAnimationFrame(this.frame);
      this.media = null;
    };
  }

  play = (track: Track) => {
    const { media } = this;
    if (!media) return;
    const known = this.state.track;
    // A film that can't be shown here is not tried again.
    const isHeardOnly = known?.mediaUrl === track.fallbackUrl && track.fallbackUrl !== undefined;
    if (known && isHeardOnly) track = { ...track, mediaUrl: known.mediaUrl };
    const isSameFile = known?.mediaUrl === track.mediaUrl && !this.state.error;
    this.patch({ track, error: '', isPlaying: true, isWaiting: !isSameFile });
    if (!isSameFile) {
      this.patch({ hasVideo: false, durationMs: 0 });
      media.src = track.mediaUrl;
      media.load();
    }
    media.playbackRate = this.state.rate;
    this.moveTo(track.startMs);
    void media.play()?.catch((error: unknown) => this.afterRefusal(error));
  };

  pause = () => this.media?.pause();

  resume = () => {
    const { track } = this.state;
    if (!track || !this.media) return;
    if (track.endMs !== undefined && this.getPositionMs() >= track.endMs - 50) {
      this.patch({ track: { ...track, endMs: undefined } });
    }
    void this.media.play()?.catch((error: unknown) => this.afterRefusal(error));
  };

  toggle = () => (this.state.isPlaying ? this.pause() : this.resume());

  seek = (positionMs: number) => {
    const { track } = this.state;
    const { startMs = 0, endMs } = track ?? {};
    const staysInLoop = track?.isLooping && positionMs >= startMs && positionMs < (endMs ?? 0);
    if (track && endMs !== undefined && !staysInLoop) {
      this.patch({ track: { ...track, endMs: undefined, isLooping: false } });
    }
    this.moveTo(Math.max(0, positionMs));
  };

  skip = (distanceMs: number) => this.seek(this.getPositionMs() + distanceMs);

  setRate = (wanted: number) => {
    const rate = clampRate(wanted);
    if (this.media) this.media.playbackRate = rate;
    this.patch({ rate });
    keepPreferences(this.state);
  };

  /** The next of the usual speeds: slower (-1) or faster (1). */
  stepRate = (direction: 1 | -1) => this.setRate(stepRate(this.state.rate, direction));

  /** Where nobody speaks in a source, as far as it is known. */
  setSilences = (sourceId: string, stretches: readonly Stretch[]) => {
    this.silences = { sourceId, stretches };
  };

  skipSilence = (isSkippingSilence: boolean) => {
    this.patch({ isSkippingSilence });
    keepPreferences(this.state);
  };

  /** Goes on past the end of what was played again and again. */
  stopLoop = () => {
    const { track } = this.state;
    if (track?.isLooping) this.patch({ track: { ...track, endMs: undefined, isLooping: false } });
  };

  close = () => {
    this.media?.pause();
    this.media?.removeAttribute('src');
    this.media?.load();
    this.pendingSeekMs = null;
    const { rate, isSkippingSilence } = this.state;
    this.patch({ ...SILENT, rate, isSkippingSilence });
  };

  private moveTo(positionMs: number) {
    const { media } = this;
    if (!media) return;
    if (media.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.pendingSeekMs = null;
      media.currentTime = positionMs / 1000;
    } else {
      this.pendingSeekMs = positionMs;
    }
    this.emitPosition();
  }

  private afterMetadata(media: HTMLMediaElement) {
    if (this.pendingSeekMs !== null) {
      media.currentTime = this.pendingSeekMs / 1000;
      this.pendingSeekMs = null;
    }
    media.playbackRate = this.state.rate;
    const durationMs = Number.isFinite(media.duration) ? Math.round(media.duration * 1000) : 0;
    const hasVideo = media instanceof HTMLVideoElement && media.videoWidth > 0;
    this.patch({ durationMs, hasVideo });
  }

  private afterMoving() {
    const { track, isPlaying } = this.state;
    if (isPlaying && track) this.jumpSilence(track);
    if (track?.endMs !== undefined && isPlaying && this.getPositionMs() >= track.endMs) {
      if (track.isLooping) return this.moveTo(track.startMs);
      this.media?.pause();
      this.finishTrack();
    }
    this.emitPosition();
  }

  private jumpSilence({ sourceId, endMs }: Track) {
    const { silences, state } = this;
    if (!state.isSkippingSilence || silences?.sourceId !== sourceId) return;
    const silenceEndMs = findSilenceEnd(silences.stretches, this.getPositionMs());
    if (silenceEndMs !== null) this.moveTo(Math.min(silenceEndMs, endMs ?? silenceEndMs));
  }

  /** Frames and events may both see the end; it is told once. */
  private finishTrack() {
    const { track } = this.state;
    if (track?.isLooping) {
      this.moveTo(track.startMs);
      void this.media?.play()?.catch((error: unknown) => this.afterRefusal(error));
      return;
    }
    if (track?.endMs === undefined || this.endedTrack === track) return;
    this.endedTrack = track;
    track.onEnd?.();
  }

  private afterFault() {
    const { track } = this.state;
    const positionMs = this.getPositionMs();
    if (!track?.fallbackUrl || track.fallbackUrl === track.mediaUrl) {
      this.patch({ isPlaying: false, isWaiting: false, error: UNPLAYABLE });
      return;
    }
    this.play({ ...track, mediaUrl: track.fallbackUrl });
    this.moveTo(positionMs);
  }

  private afterRefusal(error: unknown) {
    // A newer play() or close() interrupts an older one; that is no fault.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    // The element says itself that it can't play a file, and then another may be tried.
    if (error instanceof DOMException && error.name === 'NotSupportedError') return;
    this.patch({ isPlaying: false, isWaiting: false, error: this.media?.src ? UNPLAYABLE : '' });
  }

  private startFrames() {
    cancelAnimationFrame(this.frame);
    const step = () => {
      if (!this.media || this.media.paused) return;
      this.afterMoving();
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  private emitPosition() {
    for (const listener of this.positionListeners) listener();
  }

  private patch(changes: Partial<PlayerState>) {
    this.state = { ...this.state, ...changes };
    for (const listener of this.stateListeners) listener();
  }
}

export const playerStore = new PlayerStore();
forgetAtSignOut(playerStore.close);
