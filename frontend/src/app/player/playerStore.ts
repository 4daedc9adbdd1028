/** What plays now, kept outside React so that the position can move without rendering pages. */

export interface Track {
  sourceId: string;
  mediaUrl: string;
  startMs: number;
  /** Where to stop; the recording goes on when played again from there. */
  endMs?: number;
  title: string;
  subtitle?: string;
  /** The page this voice belongs to. */
  href?: string;
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
  error: string;
}

const SILENT: PlayerState = {
  track: null,
  isPlaying: false,
  isWaiting: false,
  hasVideo: false,
  durationMs: 0,
  rate: 1,
  error: '',
};

const UNPLAYABLE =
  'This recording could not be played. Reload the page; if it stays silent, its file may still be in preparation.';

type Listener = () => void;

export class PlayerStore {
  private state: PlayerState = SILENT;
  private media: HTMLMediaElement | null = null;
  private frame = 0;
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
      ['error', () => this.patch({ isPlaying: false, isWaiting: false, error: UNPLAYABLE })],
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
    const isSameFile = this.state.track?.mediaUrl === track.mediaUrl && !this.state.error;
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
    if (track?.endMs !== undefined) this.patch({ track: { ...track, endMs: undefined } });
    this.moveTo(Math.max(0, positionMs));
  };

  skip = (distanceMs: number) => this.seek(this.getPositionMs() + distanceMs);

  setRate = (rate: number) => {
    if (this.media) this.media.playbackRate = rate;
    this.patch({ rate });
  };

  close = () => {
    this.media?.pause();
    this.media?.removeAttribute('src');
    this.media?.load();
    this.pendingSeekMs = null;
    this.patch({ ...SILENT, rate: this.state.rate });
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
    const endMs = this.state.track?.endMs;
    if (endMs !== undefined && this.state.isPlaying && this.getPositionMs() >= endMs) {
      this.media?.pause();
      this.finishTrack();
    }
    this.emitPosition();
  }

  /** Frames and events may both see the end; it is told once. */
  private finishTrack() {
    const { track } = this.state;
    if (track?.endMs === undefined || this.endedTrack === track) return;
    this.endedTrack = track;
    track.onEnd?.();
  }

  private afterRefusal(error: unknown) {
    // A newer play() or close() interrupts an older one; that is no fault.
    if (error instanceof DOMException && error.name === 'AbortError') return;
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
