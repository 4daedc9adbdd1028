/** Says where what was found lacks some of the words. */

import { Text } from '@mantine/core';
import type { SearchAnswer } from '@/api';

/** "Nothing has all of these words. Left out: why, do. Shown is what has some of the others, most first." */
export function describeFewerWords(answer: SearchAnswer): string {
  const { complete, total, dropped_words: dropped } = answer;
  if (dropped.length === 0 && complete === total) return '';
  if (dropped.length === 0 && complete > 0) {
    return `${complete} ${complete === 1 ? 'has' : 'have'} all of these words. Below: what lacks some.`;
  }
  return [
    'Nothing has all of these words.',
    dropped.length > 0 && `Left out: ${dropped.join(', ')}.`,
    complete === 0 &&
      `Shown is what has some of ${dropped.length > 0 ? 'the others' : 'them'}, most first.`,
    complete > 0 && complete < total && `${complete} with all the others, then what lacks some.`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function FewerWords({ answer }: { answer: SearchAnswer }) {
  const text = describeFewerWords(answer);
  if (!text) return null;
  return (
    <Text size="sm" c="dimmed" role="status">
      {text}
    </Text>
  );
}
