/** Who a speaker is: a name for the voice, a role, the person behind it. */

import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Speaker, SpeakerRole } from '@/api';
import { formatPerson } from '@/lib/text';
import { useWorkbench } from '../workbench';
import { useSpeakerTools } from './fixing';
import { EVIDENCE_RULE, ROLE_NAMES } from './speakers';

const ROLES = (['participant', 'moderator', 'observer'] as const).map((value) => ({
  value,
  label: ROLE_NAMES[value],
}));

export function SpeakerForm({ speaker }: { speaker: Speaker }) {
  const { session } = useWorkbench();
  const { editor } = useSpeakerTools();
  const [label, setLabel] = useState(speaker.label);
  const people = session.participants.map((one) => ({ value: one.id, label: formatPerson(one) }));
  const saveLabel = () => {
    const trimmed = label.trim();
    if (trimmed && trimmed !== speaker.label) void editor.update(speaker.id, { label: trimmed });
  };
  return (
    <Stack gap="sm">
      <TextInput
        label="Name of this voice"
        size="xs"
        maxLength={100}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        onBlur={saveLabel}
        onKeyDown={(event) => event.key === 'Enter' && saveLabel()}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Role of this voice"
        data={ROLES}
        value={speaker.role}
        onChange={(role) => void editor.update(speaker.id, { role: role as SpeakerRole })}
      />
      {speaker.role === 'participant' ? (
        <Select
          label="Participant"
          description={people.length ? undefined : 'Add participants in the session’s details.'}
          size="xs"
          placeholder="Nobody yet"
          clearable
          data={people}
          value={speaker.participant_id}
          onChange={(participant_id) => void editor.update(speaker.id, { participant_id })}
          comboboxProps={{ withinPortal: false }}
        />
      ) : null}
      <Text size="xs" c="dimmed">
        {EVIDENCE_RULE}
      </Text>
    </Stack>
  );
}
