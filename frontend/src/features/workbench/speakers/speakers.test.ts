import { expect, it } from 'vitest';
import type { Speaker } from '@/api';
import { getFaces, orderSpeakers } from './speakers';
import { proposeLabel } from './useSpeakerChanges';

const speaker = (id: string, label = id): Speaker => ({
  id,
  label,
  role: 'participant',
  participant_id: null,
  code_name: null,
  persona_id: null,
});

it('numbers those heard in this text first, each group as it was', () => {
  const ordered = orderSpeakers([speaker('a'), speaker('b'), speaker('c')], new Set(['c', 'b']));
  expect(ordered.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  expect([...getFaces(ordered, []).values()].map((face) => face.number)).toEqual([1, 2, 3]);
});

it.each([
  [[], 'Speaker 1'],
  [['Speaker 1', 'Speaker 2'], 'Speaker 3'],
  [['Speaker 2'], 'Speaker 3'],
  [['Moderator', 'P01'], 'Speaker 3'],
])('proposes a name that is free: after %j, %s', (labels, proposed) => {
  expect(proposeLabel(labels.map((label) => speaker(label)))).toBe(proposed);
});
