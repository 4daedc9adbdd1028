/** How a recording is played: how fast, and whether silences are heard. */

import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { playerStore } from './playerStore';
import { RATES } from './preferences';
import { usePlayer } from './usePlayer';

interface RateMenuProps {
  rate: number;
  /** Where silences are known they can be skipped. */
  hasSilences?: boolean;
}

/** A tick, or as much room. */
function Tick({ isShown }: { isShown: boolean }) {
  return isShown ? <IconCheck size={14} aria-hidden /> : <span style={{ width: 14 }} />;
}

export function RateMenu({ rate, hasSilences = false }: RateMenuProps) {
  const { isSkippingSilence } = usePlayer();
  const isSkipping = hasSilences && isSkippingSilence;
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={`Speed: ${rate} times${isSkipping ? ', skipping silences' : ''}`}
          aria-keyshortcuts="< >"
        >
          <Text size="xs" fw={600} td={isSkipping ? 'underline dotted' : undefined}>
            {rate}×
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {RATES.map((choice) => (
          <Menu.Item
            key={choice}
            aria-current={choice === rate || undefined}
            leftSection={<Tick isShown={choice === rate} />}
            onClick={() => playerStore.setRate(choice)}
          >
            {choice}×
          </Menu.Item>
        ))}
        {hasSilences ? (
          <>
            <Menu.Divider />
            <Menu.Item
              role="menuitemcheckbox"
              aria-checked={isSkippingSilence}
              leftSection={<Tick isShown={isSkippingSilence} />}
              onClick={() => playerStore.skipSilence(!isSkippingSilence)}
            >
              Skip silences
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
