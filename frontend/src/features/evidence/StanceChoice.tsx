/** Whether evidence speaks for a statement or against it. */

import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import type { Stance } from '@/api';

interface StanceChoiceProps {
  stance: Stance;
  onChange: (stance: Stance) => void;
  label?: string;
}

export function StanceChoice(props: StanceChoiceProps) {
  const { stance, onChange, label = 'These excerpts speak' } = props;
  const labelId = useId();
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={500} id={labelId}>
        {label}
      </Text>
      <SegmentedControl
        aria-labelledby={labelId}
        value={stance}
        onChange={(value) => onChange(value as Stance)}
        data={[
          { value: 'for', label: 'For it' },
          { value: 'against', label: 'Against it' },
        ]}
      />
    </Stack>
  );
}
