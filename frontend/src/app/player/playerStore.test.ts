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
  localStorage.clear();
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

describe('again and again', () => {
  it('plays a stretch until somebody goes elsewhere', () => {
    const onEnd = vi.fn();
    store.play({ ...TRACK, isLooping: true, onEnd });
    becomeReady();
    say('playing');
    media.currentTime = 15.1;
    say('timeupdate');
    expect(media.currentTime).toBe(12);
    store.seek(13_000);
    expect(store.getState().track?.isLooping).toBe(true);
    store.seek(40_000);
    expect(store.getState().track).toMatchObject({ isLooping: false, endMs: undefined });
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('begins anew where the stretch ends with the recording', () => {
    const play = vi.spyOn(media, 'play');
    store.play({ ...TRACK, isLooping: true });
    becomeReady(14.9);
    say('playing');
    media.currentTime = 14.9;
    say('pause', 'ended');
    expect(media.currentTime).toBe(12);
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('goes on past the end once it is stopped', () => {
    store.play({ ...TRACK, isLooping: true });
    becomeReady();
    say('playing');
    store.stopLoop();
    media.currentTime = 15.1;
    say('timeupdate');
    expect(media.currentTime).toBe(15.1);
  });
});

describe('skipping silence', () => {
  beforeEach(() => {
    store.setSilences('a', [[13_000, 20_000]]);
    store.skipSilence(true);
  });

  it('jumps over a long one while playing, and keeps the breath before the words', () => {
    store.play({ ...TRACK, endMs: undefined });
    becomeReady();
    say('playing');
    media.currentTime = 13.2;
    say('timeupdate');
    expect(media.currentTime).toBe(13.2);
    media.currentTime = 13.5;
    say('timeupdate');
    expect(media.currentTime).toBe(19.65);
  });

  it('tells the end of an excerpt that ends in silence', () => {
    const onEnd = vi.fn();
    store.play({ ...TRACK, onEnd });
    becomeReady();
    say('playing');
    media.currentTime = 13.5;
    say('timeupdate');
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(media.currentTime).toBe(15);
  });

  it('leaves other recordings and pauses alone', () => {
    store.play({ ...TRACK, endMs: undefined, sourceId: 'b', mediaUrl: '/media/b' });
    becomeReady();
    say('playing');
    media.currentTime = 13.5;
    say('timeupdate');
    expect(media.currentTime).toBe(13.5);
    store.play({ ...TRACK, endMs: undefined });
    say('playing', 'pause');
    media.currentTime = 13.5;
    say('timeupdate');
    expect(media.currentTime).toBe(13.5);
  });
});

describe('how somebody likes to listen', () => {
  it('is there again after a reload', () => {
    store.setRate(1.5);
    store.stepRate(1);
    store.skipSilence(true);
    expect(new PlayerStore().getState()).toMatchObject({ rate: 1.75, isSkippingSilence: true });
  });

  it('stays between half and three times, whatever was kept', () => {
    store.setRate(3);
    store.stepRate(1);
    expect(store.getState().rate).toBe(3);
    localStorage.setItem('earshot.listening', '{"rate": 0.1}');
    expect(new PlayerStore().getState().rate).toBe(0.5);
    localStorage.setItem('earshot.listening', 'nonsense');
    expect(new PlayerStore().getState().rate).toBe(1);
  });
});

it('plays the sound alone where the picture can’t be shown, from the same place', () => {
  const film = { ...TRACK, mediaUrl: '/film.avi', fallbackUrl: '/media/a' };
  store.play(film);
  say('error');
  expect(media.getAttribute('src')).toBe('/media/a');
  expect(store.getState().error).toBe('');
  becomeReady();
  expect(media.currentTime).toBe(12);
  const load = vi.spyOn(media, 'load');
  store.play({ ...film, startMs: 1000 });
  expect(load).not.toHaveBeenCalled();
  say('error');
  expect(store.getState().error).toMatch(/could not be played/);
});
