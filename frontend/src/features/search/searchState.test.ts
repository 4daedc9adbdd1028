import { describe, expect, it } from 'vitest';
import {
  countFilters,
  isBlank,
  readSearchState,
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
  ])('comes back as it was written: %s', (text) => {
    expect(rewrite(text)).toBe(text);
  });

  it('leaves out what means nothing', () => {
    expect(rewrite('q=++&quadrant=&key_quote=no&unknown=1')).toBe('');
    expect(rewrite('quadrant=pain&quadrant=pain')).toBe('quadrant=pain');
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

  it('are counted, key quotes too', () => {
    expect(countFilters(read('quadrant=pain&tag=a&tag=b&key_quote=true'))).toBe(4);
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
