/** What can be done with a speaker: hear the voice, say who it is, merge it with another. */

import { ActionIcon, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowMerge, IconDots, IconPencil, IconPlayerPlay } from '@tabler/icons-react';
import type { Speaker } from '@/api';
import { formatCount } from '@/lib/text';
import { useWorkbench } from '../workbench';
import { useSpeakerFixing, useSpeakerTools } from './fixing';
import { SpeakerForm } from './SpeakerForm';

function MergeItems({ speaker }: { speaker: Speaker }) {
  const { source, faces } = useWorkbench();
  const { turns } = useSpeakerFixing();
  const { merge } = useSpeakerTools();
  const others = source.speakers.filter((one) => one.id !== speaker.id);
  if (others.length === 0) return null;
  const count = turns.filter((turn) => turn.speakerId === speaker.id).length;
  return (
    <>
      <Menu.Divider />
      <Menu.Label fw={400} c="dimmed">
        The same person as somebody else? Merging gives {formatCount(count, 'turn')} of{' '}
        {faces.get(speaker.id)?.name ?? speaker.label}, and the excerpts in them, to the other. It
        can be undone.
      </Menu.Label>
      {others.map((other) => (
        <Menu.Item
          key={other.id}
          leftSection={<IconArrowMerge size={16} aria-hidden />}
          onClick={() => merge(speaker, other)}
        >
          Merge into {faces.get(other.id)?.name ?? other.label}
        </Menu.Item>
      ))}
    </>
  );
}

export function SpeakerMenu({ speaker }: { speaker: Speaker }) {
  const { faces, transcript } = useWorkbench();
  const { playVoice } = useSpeakerTools();
  const [isEditing, editing] = useDisclosure();
  const name = faces.get(speaker.id)?.name ?? speaker.label;
  return (
    <>
      <Menu position="top-end" shadow="md" width={280}>
        <Menu.Target>
          <ActionIcon variant="subtle" size="md" aria-label={`More for ${name}`}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {transcript.has_audio ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => playVoice(speaker.id)}
            >
              Hear the longest turn
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={editing.open}>
            Name, role and participant
          </Menu.Item>
          <MergeItems speaker={speaker} />
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isEditing} onClose={editing.close} title={name} size="sm">
        <SpeakerForm speaker={speaker} />
      </Modal>
    </>
  );
}
