/** A speaker's name in the margin, and the form that says whose voice it is. */

import {
  Button,
  Divider,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createSpeaker,
  keys,
  type Speaker,
  type SpeakerRole,
  updateSegment,
  updateSpeaker,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatPerson } from '@/lib/text';
import { notifyFailure } from '@/ui';
import { useWorkbench } from '../workbench';
import classes from './SpeakerButton.module.css';
import { ROLE_NAMES } from './speakers';

const ROLES = (['participant', 'moderator', 'observer'] as const).map((value) => ({
  value,
  label: ROLE_NAMES[value],
}));
const NEW_SPEAKER = 'new';

function useSpeakerChanges() {
  const { id } = useWorkspace();
  const { session, source, transcript } = useWorkbench();
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
    void client.invalidateQueries({ queryKey: keys.transcript(id, transcript.id) });
    void client.invalidateQueries({ queryKey: keys.excerpts(id) });
    void client.invalidateQueries({ queryKey: keys.personas(id) });
  };
  const options = {
    onError: (error: unknown) => notifyFailure('The speaker was not changed.', error),
    onSettled: refresh,
  };
  const change = useMutation({
    mutationFn: (changes: { speakerId: string } & Parameters<typeof updateSpeaker>[2]) => {
      const { speakerId, ...rest } = changes;
      return updateSpeaker(id, speakerId, rest);
    },
    ...options,
  });
  const reassign = useMutation({
    mutationFn: async ({ segmentId, speakerId }: { segmentId: string; speakerId: string }) => {
      if (speakerId !== NEW_SPEAKER) return updateSegment(id, segmentId, { speaker_id: speakerId });
      const speaker = await createSpeaker(id, {
        source_id: source.id,
        label: `Speaker ${source.speakers.length + 1}`,
        role: 'participant',
      });
      return updateSegment(id, segmentId, { speaker_id: speaker.id });
    },
    ...options,
  });
  return { change, reassign };
}

function VoiceForm({ speaker }: { speaker: Speaker }) {
  const { session } = useWorkbench();
  const { change } = useSpeakerChanges();
  const [label, setLabel] = useState(speaker.label);
  const people = session.participants.map((one) => ({ value: one.id, label: formatPerson(one) }));
  const save = (changes: { label?: string; role?: SpeakerRole; participant_id?: string | null }) =>
    change.mutate({ speakerId: speaker.id, ...changes });
  const saveLabel = () => {
    const trimmed = label.trim();
    if (trimmed && trimmed !== speaker.label) save({ label: trimmed });
  };
  return (
    <Stack gap="sm">
      <TextInput
        label="Name of this voice"
        size="xs"
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
        onChange={(role) => save({ role: role as SpeakerRole })}
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
          onChange={(participant_id) => save({ participant_id })}
          comboboxProps={{ withinPortal: false }}
        />
      ) : null}
    </Stack>
  );
}

function PassageForm({ segmentId, speakerId }: { segmentId: string; speakerId: string | null }) {
  const { source, faces } = useWorkbench();
  const { reassign } = useSpeakerChanges();
  return (
    <Select
      label="Only this passage is by"
      size="xs"
      placeholder="Choose a voice"
      allowDeselect={false}
      value={speakerId}
      data={[
        ...source.speakers.map(({ id, label }) => ({
          value: id,
          label: faces.get(id)?.name ?? label,
        })),
        { value: NEW_SPEAKER, label: 'A new voice' },
      ]}
      onChange={(value) => value && reassign.mutate({ segmentId, speakerId: value })}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

interface SpeakerButtonProps {
  speakerId: string | null;
  segmentId: string;
}

export function SpeakerButton({ speakerId, segmentId }: SpeakerButtonProps) {
  const { source, faces, mayMark } = useWorkbench();
  const [isOpen, setIsOpen] = useState(false);
  const speaker = source.speakers.find((one) => one.id === speakerId);
  const face = speakerId ? faces.get(speakerId) : undefined;
  const name = face?.name ?? 'Unknown voice';
  const shown = (
    <>
      <span className={classes.name}>{name}</span>
      {face?.realName ? <span className={classes.role}>{face.realName}</span> : null}
      {speaker && speaker.role !== 'participant' && name !== ROLE_NAMES[speaker.role] ? (
        <span className={classes.role}>{ROLE_NAMES[speaker.role]}</span>
      ) : null}
    </>
  );
  if (!mayMark) return <span className={classes.plain}>{shown}</span>;
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      width={300}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={classes.button} onClick={() => setIsOpen((open) => !open)}>
          {shown}
          <span className="only-for-screen-readers">: change the speaker</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {speaker ? (
            <VoiceForm speaker={speaker} />
          ) : (
            <Text size="sm">Nobody is named for this passage yet.</Text>
          )}
          <Divider />
          <PassageForm segmentId={segmentId} speakerId={speakerId} />
          <Button size="xs" variant="default" onClick={() => setIsOpen(false)}>
            Done
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
