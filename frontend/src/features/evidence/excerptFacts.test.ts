import { describe, expect, it } from 'vitest';
import { makeExcerpt, makePlacing } from '@/testing/makeEvidence';
import { countPeople, getTrack, getVoiceName, listPersonas, listPlacements } from './excerptFacts';

describe('getTrack', () => {
  it('starts two seconds before the words and stops after them', () => {
    const track = getTrack('team', makeExcerpt({ start_ms: 12_000, end_ms: 15_000 }));
    expect(track).toMatchObject({ key: 'excerpt-1', startMs: 10_000, title: 'P03' });
    expect(track.endMs).toBeGreaterThan(15_000);
    expect(track.href).toBe('/w/team/sessions/session-1?excerpt=excerpt-1');
  });

  it('never starts before the recording', () => {
    expect(getTrack('team', makeExcerpt({ start_ms: 700 })).startMs).toBe(0);
  });
});

describe('who stands behind excerpts', () => {
  it('counts people, not excerpts', () => {
    const same = [makeExcerpt({ id: 'a' }), makeExcerpt({ id: 'b' })];
    expect(countPeople(same)).toBe(1);
    expect(countPeople([...same, makeExcerpt({ participant: null })])).toBe(1);
  });

  it('names a voice by code name, and by name for those who may see it', () => {
    const participant = { id: 'p03', code_name: 'P03', real_name: 'Ann Lee', persona_id: null };
    expect(getVoiceName(makeExcerpt({ participant }))).toBe('P03 · Ann Lee');
    expect(getVoiceName(makeExcerpt())).toBe('P03');
  });

  it('tells a voice nobody has named from notes, which have none', () => {
    const nobody = { participant: null, speaker_id: null };
    expect(getVoiceName(makeExcerpt({ ...nobody, has_audio: true }))).toBe('No participant named');
    expect(getVoiceName(makeExcerpt({ ...nobody, has_audio: false }))).toBe('From notes');
  });
});

describe('what an excerpt was placed as', () => {
  const placings = [
    makePlacing({ id: '1', quadrant: 'say_do', aspect: 'say' }),
    makePlacing({ id: '2', quadrant: 'say_do', aspect: 'say', emotion: 'tired' }),
    makePlacing({
      id: '3',
      quadrant: 'say_do',
      aspect: 'do',
      persona_id: 'walter',
      persona_name: 'Walter',
    }),
    makePlacing({ id: '4', quadrant: 'pain', persona_id: null, persona_name: null }),
  ];

  it('shows each quadrant and aspect once, with its emotion', () => {
    expect(listPlacements(makeExcerpt({ placings }))).toEqual([
      { key: 'say_do.say', quadrant: 'say_do', aspect: 'say', emotion: 'tired' },
      { key: 'say_do.do', quadrant: 'say_do', aspect: 'do', emotion: '' },
      { key: 'pain.', quadrant: 'pain', aspect: '', emotion: '' },
    ]);
  });

  it('names each persona once', () => {
    expect(listPersonas(makeExcerpt({ placings })).map((persona) => persona.id)).toEqual([
      'maya',
      'walter',
    ]);
  });
});
