import { expect, it } from 'vitest';
import { matchPlaces } from './PlacePicker';

const PLACES = ['Réservation en ligne', 'Waiting for weeks', 'Weeks of silence'].map((name) => ({
  id: name,
  name,
  facts: '',
}));

it.each([
  ['', 3],
  ['reserv', 1],
  ['weeks', 2],
  ['WEEKS wait', 1],
  ['late', 0],
])('“%s” finds %i of them', (typed, count) => {
  expect(matchPlaces(PLACES, typed)).toHaveLength(count);
});
