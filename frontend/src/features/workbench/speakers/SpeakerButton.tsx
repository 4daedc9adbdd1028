/** A speaker's name in the margin, and the form that says whose voice it is. */

import {
  Button,
  Divider,
  Group,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Text,
} from '@mantine/core';
import { IconCheck, IconUsers } from '@tabler/icons-react';
import { type Ref, type RefObject, useImperativeHandle, useRef, useState } from 'react';
import type { SpeakerScope } from '@/api';
import { useWorkbench } from '../workbench';
import { useSpeakerTools } from './fixing';
import classes from './SpeakerButton.module.css';
import { SpeakerForm } from './SpeakerForm';
import { getSpeakerColour, ROLE_NAMES } from './speakers';
import { describeGiven, offerUndo } from './useFixingState';
import { proposeLabel } from './useSpeakerChanges';

const NEW_SPEAKER = 'new';
export const SCOPES: { value: SpeakerScope; label: string }[] = [
  { value: 'turn', label: 'This turn' },
  { value: 'onward', label: 'From here on' },
  { value: 'voice', label: 'Whole voice' },
];

interface SpeakerButtonProps {
  /** The first passage of the turn, by index. */
  passage: number;
  isSuggested: boolean;
  speakerId: string | null;
  segmentId: string;
}

function useGive(segmentId: string) {
  const { source, faces } = useWorkbench();
  const { editor } = useSpeakerTools();
  return (value: string, scope: SpeakerScope) => {
    const label = proposeLabel(source.speakers);
    const isNew = value === NEW_SPEAKER;
    const change = isNew
      ? editor
          .create(label)
          .then((speaker) => speaker && editor.assign({ segmentId, scope, speakerId: speaker.id }))
      : editor.assign({ segmentId, scope, speakerId: value });
    const name = isNew ? label : (faces.get(value)?.name ?? '');
    offerUndo(editor, change, describeGiven(scope, name));
  };
}

/** Gives the turn, or more, to somebody else. */
function GiveForm({ segmentId, speakerId }: Pick<SpeakerButtonProps, 'segmentId' | 'speakerId'>) {
  const { source, faces } = useWorkbench();
  const [scope, setScope] = useState<SpeakerScope>('turn');
  const give = useGive(segmentId);
  return (
    <Stack gap={6}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="What to give to another speaker"
        data={SCOPES}
        value={scope}
        onChange={(value) => setScope(value as SpeakerScope)}
      />
      <Select
        label="is by"
        size="xs"
        placeholder="Choose a voice"
        allowDeselect={false}
        value={speakerId}
        data={[
          ...source.speakers.map(({ id, label }) => ({
            value: id,
            label: faces.get(id)?.name ?? label,
          })),
          { value: NEW_SPEAKER, label: 'A new speaker' },
        ]}
        onChange={(value) => value && give(value, scope)}
        comboboxProps={{ withinPortal: false }}
      />
    </Stack>
  );
}

function Suggestion({ segmentId, speakerId }: { segmentId: string; speakerId: string }) {
  const give = useGive(segmentId);
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm">Suggested by how the voice sounds.</Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCheck size={14} aria-hidden />}
        style={{ flex: 'none' }}
        onClick={() => give(speakerId, 'turn')}
      >
        It’s right
      </Button>
    </Group>
  );
}

function SpeakerPanel(props: SpeakerButtonProps & { onClose: () => void }) {
  const { passage, speakerId, segmentId, isSuggested, onClose } = props;
  const { source } = useWorkbench();
  const { start } = useSpeakerTools();
  const speaker = source.speakers.find((one) => one.id === speakerId);
  return (
    <Stack gap="sm">
      {isSuggested && speakerId ? <Suggestion segmentId={segmentId} speakerId={speakerId} /> : null}
      <GiveForm segmentId={segmentId} speakerId={speakerId} />
      <Divider />
      {speaker ? (
        <SpeakerForm key={speaker.id} speaker={speaker} />
      ) : (
        <Text size="sm">Nobody is named for this passage yet.</Text>
      )}
      <Divider />
      <Group justify="space-between" gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUsers size={14} aria-hidden />}
          onClick={() => {
            onClose();
            start(passage);
          }}
        >
          Fix speakers from here
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

export function SpeakerButton(props: SpeakerButtonProps) {
  const { speakerId, isSuggested } = props;
  const { source, faces, mayMark } = useWorkbench();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const speaker = source.speakers.find((one) => one.id === speakerId);
  const face = speakerId ? faces.get(speakerId) : undefined;
  const name = face?.name ?? 'Unknown voice';
  const shown = (
    <>
      <span className={classes.name}>
        <span
          className={classes.number}
          aria-hidden
          style={{ background: getSpeakerColour(face?.number) }}
        >
          {face?.number ?? 0}
          {isSuggested ? '?' : ''}
        </span>
        {name}
        {isSuggested && face ? (
          <>
            <span
              className={classes.suggested}
              aria-hidden
              title="Suggested by how the voice sounds"
            >
              {' '}
              ?
            </span>
            <span className="only-for-screen-readers"> (suggested)</span>
          </>
        ) : null}
      </span>
      {face?.realName ? <span className={classes.role}>{face.realName}</span> : null}
      {speaker && speaker.role !== 'participant' && name !== ROLE_NAMES[speaker.role] ? (
        <span className={classes.role}>{ROLE_NAMES[speaker.role]}</span>
      ) : null}
    </>
  );
  if (!mayMark) return <span className={classes.plain}>{shown}</span>;
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className={classes.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen((open) => !open)}
      >
        {shown}
        <span className="only-for-screen-readers">: change the speaker</span>
      </button>
      {isOpen ? (
        <SpeakerPopover {...props} buttonRef={buttonRef} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}

interface SpeakerPopoverProps extends SpeakerButtonProps {
  buttonRef: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Only there while it is open: a popover for each of a thousand names would take seconds. */
function SpeakerPopover({ buttonRef, onClose, ...props }: SpeakerPopoverProps) {
  const close = () => {
    onClose();
    buttonRef.current?.focus({ preventScroll: true });
  };
  return (
    <Popover
      opened
      onChange={(isOpen) => isOpen || close()}
      width={320}
      position="bottom-start"
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <Anchor buttonRef={buttonRef} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Whose voice this is">
        <SpeakerPanel {...props} onClose={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Stands for the button, which was there before. */
function Anchor({
  ref,
  buttonRef,
}: {
  ref?: Ref<HTMLElement | null>;
  buttonRef: RefObject<HTMLButtonElement | null>;
}) {
  useImperativeHandle(ref, () => buttonRef.current as HTMLElement);
  return null;
}
