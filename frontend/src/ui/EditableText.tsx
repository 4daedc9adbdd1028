/** A text that can be changed where it stands: a pencil, a field, save or leave. */

import { ActionIcon, Button, Group, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import classes from './EditableText.module.css';
import { ErrorNotice } from './ErrorNotice';

interface EditableTextProps {
  text: string;
  /** What the text is, said after "Edit": "the statement". */
  label: string;
  /** Resolves once the text is saved; the field stays open with the words if it fails. */
  onSave: (text: string) => Promise<unknown>;
  isEditable: boolean;
  /** Shown in place of an empty text, as the way to write it: "Add a summary". */
  invitation?: string;
  isRequired?: boolean;
  maxLength?: number;
  /** The text as it is shown; plain if left out. */
  children?: ReactNode;
  /** Begins with the field open, for a text that something else asked for. */
  isOpenAtFirst?: boolean;
  /** After the field was saved or left. */
  onClosed?: () => void;
}

interface FieldProps extends EditableTextProps {
  onClose: () => void;
}

function Field({ text, label, onSave, isRequired, maxLength, onClose }: FieldProps) {
  const [draft, setDraft] = useState(text);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isSavable = !isRequired || draft.trim() !== '';
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!isSavable || isSaving) return;
    setIsSaving(true);
    try {
      if (draft.trim() !== text) await onSave(draft.trim());
      onClose();
    } catch (reason) {
      setError(reason);
      setIsSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
  };
  return (
    <form onSubmit={save} className={classes.field}>
      <Textarea
        autosize
        minRows={1}
        autoFocus
        aria-label={label}
        value={draft}
        maxLength={maxLength}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        classNames={{ input: classes.input }}
      />
      {error ? <ErrorNotice error={error} title="This was not saved." /> : null}
      <Group gap="xs" mt={6}>
        <Button type="submit" size="compact-sm" loading={isSaving} disabled={!isSavable}>
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

export function EditableText(props: EditableTextProps) {
  const { text, label, isEditable, invitation, children, isOpenAtFirst = false, onClosed } = props;
  const [isEditing, setIsEditing] = useState(isOpenAtFirst);
  const pencilRef = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsEditing(false);
    onClosed?.();
    // The pencil is back only after this render.
    requestAnimationFrame(() => pencilRef.current?.focus());
  };
  if (isEditing) return <Field {...props} onClose={close} />;
  if (!isEditable) return <span className={classes.text}>{children ?? text}</span>;
  if (!text && invitation) {
    return (
      <Button
        ref={pencilRef}
        size="compact-sm"
        variant="subtle"
        className={classes.invitation}
        onClick={() => setIsEditing(true)}
      >
        {invitation}
      </Button>
    );
  }
  return (
    <span className={classes.shown}>
      <span className={classes.text}>{children ?? text}</span>{' '}
      <ActionIcon
        ref={pencilRef}
        size="sm"
        variant="subtle"
        className={classes.pencil}
        aria-label={`Edit ${label}`}
        onClick={() => setIsEditing(true)}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
    </span>
  );
}
