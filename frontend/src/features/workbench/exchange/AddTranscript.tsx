/** Adds a transcript that was made elsewhere as another version of a source's text. */

import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { keys } from '@/api';
import { addFileToSession, uploadStore } from '@/app/uploads';
import { useWorkspace } from '@/app/workspace';
import { ACCEPTED_TRANSCRIPTS, findTranscriptFault } from '@/lib/recordings';
import { notifyFailure, PageDrop } from '@/ui';

const REFUSED = 'The transcript was not added.';

interface Beside {
  sessionId: string;
  sourceId: string;
}

function findBusy(sessionId: string): string {
  const upload = uploadStore.getUploads().find((one) => one.sessionId === sessionId);
  return upload?.state === 'sending' ? upload.fileName : '';
}

function useAddTranscript({ sessionId, sourceId }: Beside) {
  const { id } = useWorkspace();
  const client = useQueryClient();
  return async ([file]: File[]) => {
    if (!file) return;
    const busy = findBusy(sessionId);
    const fault = busy
      ? `“${busy}” is still on its way. Add the transcript when it has arrived.`
      : findTranscriptFault(file);
    if (fault) {
      notifyFailure(REFUSED, new Error(fault));
      return;
    }
    try {
      await addFileToSession(id, sessionId, file, sourceId);
    } catch (error) {
      notifyFailure(REFUSED, error);
    }
    void client.invalidateQueries({ queryKey: keys.session(id, sessionId) });
  };
}

/** A file dialog that any button or menu can open; `input` has to stay on the page. */
export function useTranscriptDialog(beside: Beside): { input: ReactNode; open: () => void } {
  const add = useAddTranscript(beside);
  const inputRef = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={inputRef}
      type="file"
      hidden
      aria-label="Transcript"
      accept={ACCEPTED_TRANSCRIPTS}
      onChange={(event) => {
        void add([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = '';
      }}
    />
  );
  return { input, open: () => inputRef.current?.click() };
}

interface AddTranscriptButtonProps extends Beside {
  size?: string;
  children?: ReactNode;
}

export function AddTranscriptButton(props: AddTranscriptButtonProps) {
  const { size = 'xs', children = 'Add a transcript made elsewhere', ...beside } = props;
  const { input, open } = useTranscriptDialog(beside);
  return (
    <>
      {input}
      <Button
        size={size}
        variant="default"
        leftSection={<IconFileImport size={15} aria-hidden />}
        onClick={open}
      >
        {children}
      </Button>
    </>
  );
}

/** Takes a transcript that is dropped anywhere on the page of its recording. */
export function TranscriptDrop(beside: Beside) {
  const { permissions } = useWorkspace();
  const add = useAddTranscript(beside);
  return (
    <PageDrop
      invitation="Drop a transcript to add it as another version"
      isDisabled={!permissions.may_edit_research}
      onFiles={(files) => void add(files)}
    />
  );
}
