import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PlayerStore, type Track } from './playerStore';

const TRACK: Track = {
  sourceId: 'a',
  mediaUrl: '/media/a',
  startMs: 12_000,
  endMs: 15_000,
  title: 'Quote',
  key: 'excerpt-1',
};

let store: PlayerStore;
let media: HTMLVideoElement;

/** jsdom plays nothing; these tell the store what a browser would. */
function say(...events: string[]) {
  for (const name of events) media.dispatchEvent(new Event(name));
}

function becomeReady(durationSeconds = 60) {
  Object.defineProperty(media, 'readyState', { value: 4, configurable: true });
  Object.defineProperty(media, 'duration', { value: durationSeconds, configurable: true });
  say('loadedmetadata');
}

beforeEach(() => {
  store = new PlayerStore();
  media = document.createElement('video');
  store.attach(media);
});

describe('playing', () => {
  it('waits for the file before it goes to the place', () => {
    store.play(TRACK);
    expect(media.getAttribute('src')).toBe('/media/a');
    expect(store.getPositionMs()).toBe(12_000);
    becomeReady();
    expect(media.currentTime).toBe(12);
    expect(store.getState().durationMs).toBe(60_000);
  });

  it('goes elsewhere in the same file without loading it again', () => {
    const load = vi.spyOn(media, 'load');
    store.play(TRACK);
    becomeReady();
    store.play({ ...TRACK, startMs: 30_000, endMs: undefined, key: 'excerpt-2' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(media.currentTime).toBe(30);
    expect(store.getState().track?.key).toBe('excerpt-2');
  });

  it('stops where the excerpt ends, and goes on when played again', () => {
    const pause = vi.spyOn(media, 'pause');
    store.play(TRACK);
    becomeReady();
    say('playing');
    media.currentTime = 15.1;
    say('timeupdate');
    expect(pause).toHaveBeenCalled();
    say('pause');
    store.resume();
    expect(store.getState().track?.endMs).toBeUndefined();
  });

  it('tells once that it was played to its end, and never after a jump', () => {
    const onEnd = vi.fn();
    store.play({ ...TRACK, onEnd });
    becomeReady();
    say('playing');
    media.currentTime = 15.1;
    say('timeupdate', 'timeupdate', 'ended');
    expect(onEnd).toHaveBeenCalledTimes(1);
    store.play({ ...TRACK, onEnd });
    say('playing');
    store.seek(14_900);
    media.currentTime = 15.1;
    say('timeupdate', 'ended');
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('tells the end of what ends with the recording', () => {
    const onEnd = vi.fn();
    store.play({ ...TRACK, onEnd });
    becomeReady(14.8);
    say('playing', 'ended');
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('says in words that a file can’t be played, and recovers with another', () => {
    store.play(TRACK);
    say('error');
    expect(store.getState().error).toMatch(/could not be played/);
    store.play({ ...TRACK, mediaUrl: '/media/b', sourceId: 'b' });
    expect(store.getState().error).toBe('');
  });
});

describe('listeners', () => {
  it('to the state are not called while only the position moves', () => {
    store.play(TRACK);
    becomeReady();
    say('playing');
    const onState = vi.fn();
    const onPosition = vi.fn();
    store.subscribe(onState);
    store.subscribePosition(onPosition);
    media.currentTime = 13;
    say('timeupdate');
    expect(onPosition).toHaveBeenCalled();
    expect(onState).not.toHaveBeenCalled();
  });
});

it('is silent after closing, and keeps the speed that was chosen', () => {
  store.setRate(1.5);
  store.play(TRACK);
  store.close();
  expect(store.getState()).toMatchObject({ track: null, isPlaying: false, rate: 1.5 });
});
