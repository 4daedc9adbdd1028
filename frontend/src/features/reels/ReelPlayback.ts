/**
 * Plays the excerpts of a reel one after another, whatever recordings they are from, also when its
 * page was left.
 */

import type { Track } from '@/app/player';
import { GAP_MS, getReadingMs } from './playing';

export interface Playable {
  id: string;
  text: string;
  /** Null: there is nothing to hear, so it is shown for as long as it takes to read. */
  track: (Track & { key: string }) | null;
}

/** Voice: the player has it. Gap and reading pass by themselves. Held: stopped in one of those. */
export type Phase = 'voice' | 'gap' | 'reading' | 'held';

export interface PlaybackState {
  itemId: string;
  phase: Phase;
}

/** What of the page's one player is needed. */
export interface Player {
  play: (track: Track) => void;
  pause: () => void;
  resume: () => void;
  getState: () => { track: Track | null; isPlaying: boolean };
}

export class ReelPlayback {
  private items: readonly Playable[] = [];
  private state: PlaybackState | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private track: Track | null = null;
  private isShown = true;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly player: Player) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  getState = () => this.state;

  /** The order may change while it plays: what plays goes on, and then what follows it now. */
  setItems = (items: readonly Playable[]) => {
    this.items = items;
    const { state } = this;
    if (state && !items.some(({ id }) => id === state.itemId)) this.stop();
  };

  /** Its page is open again. */
  show = () => {
    this.isShown = true;
  };

  /** Nobody sees what is only written any more: the voices go on without it. */
  leave = () => {
    this.isShown = false;
    if (this.state?.phase !== 'reading') return;
    clearTimeout(this.timer);
    this.finish(this.state.itemId);
  };

  /** Plays this one and then those after it. */
  start = (itemId: string) => {
    clearTimeout(this.timer);
    const item = this.items.find(({ id }) => id === itemId);
    if (!item) return;
    const { track } = item;
    if (track === null) {
      this.pauseVoice();
      this.track = null;
      if (!this.isShown) return this.finish(itemId);
      this.set({ itemId, phase: 'reading' });
      this.timer = setTimeout(() => this.finish(itemId), getReadingMs(item.text));
      return;
    }
    const ours: Track = {
      ...track,
      series: track.series && {
        ...track.series,
        next: this.hasNext(itemId) ? this.next : undefined,
      },
      onEnd: () => {
        if (this.track === ours) this.finish(itemId);
      },
    };
    this.track = ours;
    this.set({ itemId, phase: 'voice' });
    this.player.play(ours);
  };

  /** Plays or pauses; begins with the first. */
  toggle = () => {
    const { state } = this;
    if (!state) {
      const [first] = this.items;
      if (first) this.start(first.id);
    } else if (state.phase === 'gap' || state.phase === 'reading') {
      clearTimeout(this.timer);
      this.set({ ...state, phase: 'held' });
    } else if (state.phase === 'held' || !this.hasVoice()) {
      this.start(state.itemId);
    } else if (this.player.getState().isPlaying) {
      this.player.pause();
    } else {
      this.player.resume();
    }
  };

  /** Plays the one before (-1) or after (1). */
  step = (direction: 1 | -1) => {
    const index = this.items.findIndex(({ id }) => id === this.state?.itemId);
    const next = this.items[index < 0 ? 0 : index + direction];
    if (next) this.start(next.id);
  };

  private next = () => this.step(1);

  stop = () => {
    clearTimeout(this.timer);
    if (this.state?.phase === 'voice') this.pauseVoice();
    this.track = null;
    this.set(null);
  };

  /** Whether what the page's player holds was put there by this reel. */
  private hasVoice(): boolean {
    const { track } = this.player.getState();
    return track !== null && track.key === this.track?.key;
  }

  private pauseVoice() {
    if (this.hasVoice() && this.player.getState().isPlaying) this.player.pause();
  }

  private hasNext(itemId: string): boolean {
    return this.items.at(-1)?.id !== itemId;
  }

  /** Another sound was started in the gap, or the player was closed: that was meant. */
  private isInterrupted(ended: Track | null): boolean {
    const { track, isPlaying } = this.player.getState();
    return ended ? track?.key !== ended.key : isPlaying;
  }

  private finish(itemId: string) {
    const index = this.items.findIndex(({ id }) => id === itemId);
    const next = this.items[index + 1];
    const ended = this.track;
    this.track = null;
    if (index < 0 || !next) {
      this.set(null);
      return;
    }
    this.set({ itemId: next.id, phase: 'gap' });
    this.timer = setTimeout(() => {
      if (this.isInterrupted(ended)) this.set({ itemId: next.id, phase: 'held' });
      else this.start(next.id);
    }, GAP_MS);
  }

  private set(state: PlaybackState | null) {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
