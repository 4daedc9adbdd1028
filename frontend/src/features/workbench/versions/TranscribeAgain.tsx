/** Asks for the text anew: with another model, in another language, for so many people. */

import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keys, transcribeAgain } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { LANGUAGES } from '@/lib/sessionKinds';
import { ErrorNotice } from '@/ui';
import { useWorkbench } from '../workbench';

type Settings = NonNullable<Parameters<typeof transcribeAgain>[2]>;
type Model = NonNullable<Settings['model']>;

/** Smallest first; the names are Whisper's own. */
const MODELS: { value: Model | ''; label: string }[] = [
  { value: '', label: 'As this installation is set up' },
  { value: 'tiny', label: 'tiny: fastest, roughest' },
  { value: 'base', label: 'base' },
  { value: 'small', label: 'small: a good middle' },
  { value: 'medium', label: 'medium' },
  { value: 'large-v3-turbo', label: 'large-v3-turbo: nearly as right as large, faster' },
  { value: 'large-v3', label: 'large-v3: most right, slowest' },
];

const SPEAKERS_MAXIMUM = 20;

function useStarting(onStarted: () => void) {
  const { id } = useWorkspace();
  const { session, source } = useWorkbench();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) => transcribeAgain(id, source.id, settings),
    onSuccess: onStarted,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.session(id, session.id) });
      void client.invalidateQueries({ queryKey: keys.jobs(id) });
    },
  });
}

function TranscribeAgainDialog({ onClose }: { onClose: () => void }) {
  const { source, session } = useWorkbench();
  const [model, setModel] = useState<Model | ''>('');
  const [language, setLanguage] = useState(source.transcript?.language || session.language || '');
  const [speakers, setSpeakers] = useState<number | string>('');
  const starting = useStarting(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expected_speakers = typeof speakers === 'number' ? speakers : null;
    starting.mutate({ ...(model ? { model } : {}), language, expected_speakers });
  };
  return (
    <Modal opened onClose={onClose} title="Transcribe again">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            This makes a new version beside the one that is shown. Excerpts, tags and placings come
            along when it is whole; you can compare the two and go back.
          </Text>
          <Select
            label="Model"
            allowDeselect={false}
            data={MODELS}
            value={model}
            onChange={(value) => setModel((value ?? '') as Model | '')}
          />
          <Select
            label="Language"
            allowDeselect={false}
            searchable
            data={LANGUAGES}
            value={language}
            onChange={(value) => setLanguage(value ?? '')}
          />
          <NumberInput
            label="How many people speak"
            description="Empty: as many as the session has participants, and a moderator"
            min={1}
            max={SPEAKERS_MAXIMUM}
            allowDecimal={false}
            value={speakers}
            onChange={setSpeakers}
          />
          {starting.error ? <ErrorNotice error={starting.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={starting.isPending}>
              Transcribe again
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function TranscribeAgainButton() {
  const { source } = useWorkbench();
  const [isOpen, dialog] = useDisclosure();
  if (source.withdrawn.length > 0) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden />}
        onClick={dialog.open}
      >
        Transcribe again…
      </Button>
      {isOpen ? <TranscribeAgainDialog onClose={dialog.close} /> : null}
    </>
  );
}
