/** Field notes written in place: Markdown on one side, how it will be read on the other. */

import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { type KeyboardEvent, useId, useRef } from 'react';
import { ErrorNotice } from '@/ui';
import { continueList } from './markdown';
import classes from './Notes.module.css';
import { NotesPreview } from './NotesPreview';
import type { NotesWriting } from './useNotesWriting';

/** A list goes on with its next item, and ends where an item stays empty. */
function typeNextItem(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  const field = event.currentTarget;
  const { value, selectionStart: at, selectionEnd } = field;
  if (event.key !== 'Enter' || event.shiftKey || at !== selectionEnd) return false;
  if (event.nativeEvent.isComposing) return false;
  const lineStart = value.lastIndexOf('\n', at - 1) + 1;
  const next = continueList(value.slice(lineStart, at));
  if (next === null) return false;
  // Through the browser, so that its own undo knows of it.
  if (next === '') field.setSelectionRange(lineStart, at);
  document.execCommand('insertText', false, next === '' ? '\n' : `\n${next}`);
  return true;
}

function Clash({ writing }: { writing: NotesWriting }) {
  const { theirs } = writing;
  if (theirs === null) return null;
  return (
    <section className={classes.clash} aria-label="Somebody else wrote in these notes">
      <p role="alert" className={classes.clashText}>
        Somebody else saved these notes while you were writing. Yours are kept here, beside what
        stands there now. Take over what you want to keep, then save.
      </p>
      <div className={classes.theirs}>
        <NotesPreview text={theirs} />
      </div>
      <Group gap="xs">
        <Button size="compact-sm" onClick={writing.saveOver}>
          Save mine over it
        </Button>
        <Button size="compact-sm" variant="default" onClick={writing.takeTheirs}>
          Keep theirs
        </Button>
      </Group>
    </section>
  );
}

interface NotesEditorProps {
  writing: NotesWriting;
  heading: string;
  /** Undefined where there is nothing to go back to. */
  onClose?: () => void;
}

export function NotesEditor({ writing, heading, onClose }: NotesEditorProps) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const fieldId = useId();
  const { notes, change, save, isSaving, error, isKept } = writing;
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isSave = (event.ctrlKey || event.metaKey) && ['Enter', 's'].includes(event.key);
    if (isSave) save();
    else if (!typeNextItem(event)) return;
    event.preventDefault();
  };
  return (
    <section className={classes.notes} aria-label={heading}>
      <Group justify="space-between" align="end" gap="sm">
        <Title order={2} size="h3">
          {heading}
        </Title>
        <Group gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {isKept ? 'Kept in this browser until you save' : ''}
          </Text>
          {onClose ? (
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          ) : null}
          <Button onClick={save} loading={isSaving} disabled={!notes.text.trim()}>
            Save the notes
          </Button>
        </Group>
      </Group>
      {error ? <ErrorNotice title="The notes were not saved." error={error} /> : null}
      <Clash writing={writing} />
      <TextInput
        label="Title"
        placeholder="Field notes"
        value={notes.title}
        maxLength={300}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <div className={classes.sides}>
        <div className={classes.side}>
          <label htmlFor={fieldId} className={classes.label}>
            What you saw and heard
          </label>
          <textarea
            id={fieldId}
            ref={fieldRef}
            className={classes.field}
            dir="auto"
            spellCheck
            value={notes.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            onKeyDown={press}
          />
        </div>
        <div className={classes.side}>
          <span className={classes.label}>As it will be read</span>
          <div className={classes.preview}>
            <NotesPreview text={notes.text} />
          </div>
        </div>
      </div>
      <Text size="sm" c="dimmed">
        <kbd>Ctrl Enter</kbd> saves. Notes are marked, tagged and searched like a recording.
      </Text>
    </section>
  );
}
