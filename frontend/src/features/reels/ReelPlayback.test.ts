import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '@/app/player';
import { makeExcerpt } from '@/testing/makeEvidence';
import { GAP_MS, getReadingMs, getStretch } from './playing';
import { type Playable, type Player, ReelPlayback } from './ReelPlayback';

/** A player that plays until it is told that the stretch is over. */
class FakePlayer implements Player {
  track: Track | null = null;
  isPlaying = false;
  played: string[] = [];
  play = (track: Track) => {
    this.track = track;
    this.isPlaying = true;
    this.played.push(track.key!);
  };
  pause = () => {
    this.isPlaying = false;
  };
  resume = () => {
    this.isPlaying = true;
  };
  getState = () => ({ track: this.track, isPlaying: this.isPlaying });
  end = () => {
    this.isPlaying = false;
    this.track?.onEnd?.();
  };
}

function voice(id: string): Playable {
  const track = { key: `excerpt-${id}`, sourceId: id, mediaUrl: id, startMs: 0, title: id };
  return { id, text: 'Words', track };
}
const SILENT: Playable = { id: 'notes', text: 'Written on a busy morning', track: null };

let player: FakePlayer;
let playback: ReelPlayback;
beforeEach(() => {
  vi.useFakeTimers();
  player = new FakePlayer();
  playback = new ReelPlayback(player);
});
afterEach(() => vi.useRealTimers());

const now = () => playback.getState();

describe('a reel', () => {
  it('plays one after another, with a gap, to its end', () => {
    playback.setItems([voice('a'), voice('b')]);
    playback.toggle();
    expect(now()).toEqual({ itemId: 'a', phase: 'voice' });
    player.end();
    expect(now()).toEqual({ itemId: 'b', phase: 'gap' });
    expect(player.played).toEqual(['excerpt-a']);
    vi.advanceTimersByTime(GAP_MS);
    expect(player.played).toEqual(['excerpt-a', 'excerpt-b']);
    player.end();
    expect(now()).toBeNull();
    vi.runAllTimers();
    expect(player.played).toHaveLength(2);
  });

  it('shows what has no sound for as long as it takes to read', () => {
    playback.setItems([voice('a'), SILENT, voice('b')]);
    playback.start('notes');
    vi.advanceTimersByTime(getReadingMs(SILENT.text) - 1);
    expect(now()).toEqual({ itemId: 'notes', phase: 'reading' });
    vi.advanceTimersByTime(1 + GAP_MS);
    expect(player.played).toEqual(['excerpt-b']);
  });

  it('silences a voice when something is to be read', () => {
    playback.setItems([voice('a'), SILENT]);
    playback.start('a');
    playback.step(1);
    expect(player.isPlaying).toBe(false);
    player.end();
    expect(now()).toEqual({ itemId: 'notes', phase: 'reading' });
  });

  it('pauses and goes on: in a voice where it was, in a gap with the next', () => {
    playback.setItems([voice('a'), voice('b')]);
    playback.start('a');
    playback.toggle();
    expect(player.isPlaying).toBe(false);
    playback.toggle();
    expect(player.isPlaying).toBe(true);
    expect(player.played).toEqual(['excerpt-a']);
    player.end();
    playback.toggle();
    vi.runAllTimers();
    expect(now()).toEqual({ itemId: 'b', phase: 'held' });
    playback.toggle();
    expect(player.played.at(-1)).toBe('excerpt-b');
  });

  it('follows a new order, and stops when what plays is taken out', () => {
    playback.setItems([voice('a'), voice('b'), voice('c')]);
    playback.start('a');
    playback.setItems([voice('b'), voice('a'), voice('c')]);
    player.end();
    expect(now()).toEqual({ itemId: 'c', phase: 'gap' });
    playback.setItems([voice('b'), voice('a')]);
    expect(now()).toBeNull();
    vi.runAllTimers();
    expect(player.played).toEqual(['excerpt-a']);
  });

  it('does not go on when somebody plays something else', () => {
    playback.setItems([voice('a'), voice('b')]);
    playback.start('a');
    const left = player.track!;
    player.play({ ...left, key: 'another', onEnd: undefined });
    player.end();
    vi.runAllTimers();
    expect(player.played).toEqual(['excerpt-a', 'another']);
    playback.toggle();
    expect(player.played.at(-1)).toBe('excerpt-a');
  });

  it('steps within its ends', () => {
    playback.setItems([voice('a'), voice('b')]);
    playback.step(1);
    expect(now()?.itemId).toBe('a');
    playback.step(-1);
    expect(now()?.itemId).toBe('a');
    playback.step(1);
    playback.step(1);
    expect(now()?.itemId).toBe('b');
  });

  it('goes on after its page was left, without what is only written', () => {
    playback.setItems([SILENT, voice('a'), { ...SILENT, id: 'more' }, voice('b')]);
    playback.toggle();
    expect(now()).toEqual({ itemId: 'notes', phase: 'reading' });
    playback.leave();
    vi.advanceTimersByTime(GAP_MS);
    expect(player.played).toEqual(['excerpt-a']);
    player.end();
    vi.advanceTimersByTime(2 * GAP_MS);
    expect(player.played).toEqual(['excerpt-a', 'excerpt-b']);
    player.end();
    expect(now()).toBeNull();
  });

  it('stays where it is held when its page was left', () => {
    playback.setItems([SILENT, voice('a')]);
    playback.toggle();
    playback.toggle();
    playback.leave();
    vi.runAllTimers();
    expect(now()).toEqual({ itemId: 'notes', phase: 'held' });
  });

  it('does not go on after the player was closed between two voices', () => {
    playback.setItems([voice('a'), voice('b')]);
    playback.toggle();
    player.end();
    player.track = null;
    vi.runAllTimers();
    expect(player.played).toEqual(['excerpt-a']);
    expect(now()).toEqual({ itemId: 'b', phase: 'held' });
  });

  it('lends the player bar its way to the next voice, as long as there is one', () => {
    const inReel = (id: string): Playable => {
      const item = voice(id);
      return {
        ...item,
        track: { ...item.track!, series: { title: 'Reel', href: '/', place: id } },
      };
    };
    playback.setItems([inReel('a'), inReel('b')]);
    playback.toggle();
    player.track?.series?.next?.();
    expect(player.played).toEqual(['excerpt-a', 'excerpt-b']);
    expect(player.track?.series).toEqual({ title: 'Reel', href: '/', place: 'b' });
  });
});

describe('a stretch', () => {
  it('is the excerpt’s own, with a breath around it', () => {
    const stretch = getStretch('team', makeExcerpt({ start_ms: 12_000, end_ms: 15_000 }));
    expect(stretch).toMatchObject({ startMs: 11_800, endMs: 15_200, key: 'excerpt-1' });
  });

  it('is none where nothing was recorded', () => {
    expect(getStretch('team', makeExcerpt({ has_audio: false, start_ms: null }))).toBeNull();
  });
});
