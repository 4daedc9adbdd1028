import { describe, expect, it } from 'vitest';
import {
  countFilters,
  fromQuery,
  isBlank,
  readSearchState,
  toggleLeftOut,
  toggleValue,
  toQuery,
  withoutFilters,
  writeSearchState,
} from './searchState';

const read = (text: string) => readSearchState(new URLSearchParams(text));
const rewrite = (text: string) => writeSearchState(read(text)).toString();

describe('the search in the address', () => {
  it.each([
    [''],
    ['q=reminder'],
    ['q=wait+weeks&quadrant=pain&quadrant=gain&persona=maya'],
    ['q=%F0%9F%98%80+%D7%AA%D7%96%D7%9B%D7%95%D7%A8%D7%AA'],
    ['tag=one&study=two&session_kind=focus_group&attribute=books_by%3Dphone&kind=insight'],
    ['q=late&key_quote=true'],
    ['tag=one&not_tag=two&not_study=three&has_insight=false&from=2026-01-31&to=2026-02-01'],
    ['aspect=say&not_aspect=do&tag=one&tag=two&all_of=tag'],
    ['product_area=Booking&intensity=-3&intensity=2&speaker_role=participant'],
    ['participant=p1&participant=p2&not_participant=p3'],
  ])('comes back as it was written: %s', (text) => {
    expect(rewrite(text)).toBe(text);
  });

  it('leaves out what means nothing', () => {
    expect(rewrite('q=++&quadrant=&key_quote=no&unknown=1')).toBe('');
    expect(rewrite('quadrant=pain&quadrant=pain')).toBe('quadrant=pain');
    expect(rewrite('from=2026-13-40&to=yesterday&has_insight=maybe&not_kind=insight')).toBe('');
  });

  it('keeps a space at the end while someone types', () => {
    expect(read('q=late+').words).toBe('late ');
    expect(toQuery(read('q=late+')).q).toBe('late');
  });
});

describe('filters', () => {
  it('are added and taken away', () => {
    const one = toggleValue(read('q=late'), 'quadrant', 'pain');
    expect(writeSearchState(one).toString()).toBe('q=late&quadrant=pain');
    const two = toggleValue(one, 'quadrant', 'gain');
    expect(two.chosen.quadrant).toEqual(['pain', 'gain']);
    expect(toggleValue(two, 'quadrant', 'pain').chosen.quadrant).toEqual(['gain']);
  });

  it('are chosen or left out, never both', () => {
    const chosen = toggleValue(read(''), 'tag', 'a');
    const leftOut = toggleLeftOut(chosen, 'tag', 'a');
    expect(writeSearchState(leftOut).toString()).toBe('not_tag=a');
    expect(writeSearchState(toggleValue(leftOut, 'tag', 'a')).toString()).toBe('tag=a');
    expect(isBlank(toggleLeftOut(leftOut, 'tag', 'a'))).toBe(true);
  });

  it('are asked for together only where there are several', () => {
    expect(toQuery(read('tag=one&tag=two&all_of=tag&all_of=study')).all_of).toEqual(['tag']);
    expect(toQuery(read('tag=one&all_of=tag'))).not.toHaveProperty('all_of');
    expect(rewrite('tag=one&all_of=tag')).toBe('tag=one');
  });

  it('ask for whole days in the zone of the reader', () => {
    const query = toQuery(read('from=2026-11-20&to=2026-11-22'));
    expect(new Date(query.created_from!).getTime()).toBe(new Date(2026, 10, 20).getTime());
    expect(new Date(query.created_to!).getTime()).toBe(new Date(2026, 10, 23).getTime());
  });

  it.each([
    ['q=late&tag=a&not_tag=b&intensity=-3&has_insight=true'],
    ['from=2026-11-20&to=2026-11-22'],
  ])('come back from a saved question: %s', (text) => {
    expect(writeSearchState(fromQuery(toQuery(read(text)))).toString()).toBe(text);
  });

  it('are counted, key quotes too', () => {
    expect(countFilters(read('quadrant=pain&tag=a&tag=b&key_quote=true'))).toBe(4);
    expect(countFilters(read('not_tag=b&has_insight=true&from=2026-01-01&to=2026-01-02'))).toBe(3);
    expect(isBlank(read('q=+'))).toBe(true);
    expect(isBlank(read('key_quote=true'))).toBe(false);
  });

  it('can be cleared without losing the words', () => {
    expect(writeSearchState(withoutFilters(read('q=late&tag=a&key_quote=true'))).toString()).toBe(
      'q=late',
    );
  });

  it('are asked of the server without the kind, which each list asks for itself', () => {
    expect(toQuery(read('q=late&kind=insight&quadrant=pain&key_quote=true'))).toEqual({
      q: 'late',
      quadrant: ['pain'],
      key_quote: true,
    });
  });
});
