import { expect, it } from 'vitest';
import { findRespelling } from './respelling';

const HEARD = 'I book with doc to lib, mostly.';

it('finds the name that was put right, without the signs around it', () => {
  expect(findRespelling(HEARD, 'I book with Doctolib, mostly.')).toEqual({
    before: 'doc to lib',
    after: 'Doctolib',
  });
});

it.each([
  [HEARD, 'two places changed', 'We book with Doctolib, mostly.'],
  [HEARD, 'words were only added', 'I always book with doc to lib, mostly.'],
  [HEARD, 'only signs and case changed', 'I book with doc to lib, Mostly'],
  [HEARD, 'nothing changed', HEARD],
])('%s: none where %s', (before, _why, after) => {
  expect(findRespelling(before, after)).toBeNull();
});
