/** How fast a recording is played. */

import { ActionIcon, Menu, Text } from '@mantine/core';
import { playerStore } from './playerStore';

const RATES = [0.75, 1, 1.25, 1.5, 2];

export function RateMenu({ rate }: { rate: number }) {
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={`Speed: ${rate} times`}>
          <Text size="xs" fw={600}>
            {rate}×
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {RATES.map((choice) => (
          <Menu.Item key={choice} onClick={() => playerStore.setRate(choice)}>
            {choice}×
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
