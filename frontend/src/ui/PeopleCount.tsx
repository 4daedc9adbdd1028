/** How many people, always with how many there are: "7 of 12 people". */

import { Text, type TextProps } from '@mantine/core';
import { formatCount } from '@/lib/text';

interface PeopleCountProps extends TextProps {
  people: number;
  /** The denominator; left out only where nothing wider was asked. */
  peopleTotal?: number;
}

export function formatPeople(people: number, peopleTotal?: number): string {
  if (peopleTotal === undefined) return formatCount(people, 'person', 'people');
  return `${people} of ${formatCount(peopleTotal, 'person', 'people')}`;
}

export function PeopleCount({ people, peopleTotal, ...text }: PeopleCountProps) {
  return (
    <Text component="span" size="sm" c="dimmed" {...text}>
      {formatPeople(people, peopleTotal)}
    </Text>
  );
}
