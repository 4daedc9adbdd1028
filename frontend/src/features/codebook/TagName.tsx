/** The name of a tag, changed where it stands. */

import { TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Tag } from '@/api';
import { ErrorNotice } from '@/ui';
import classes from './Codebook.module.css';

interface TagNameProps {
  tag: Tag;
  isEditing: boolean;
  isEditable: boolean;
  onEdit: () => void;
  onRename: (name: string) => Promise<unknown>;
  onClose: () => void;
}

function NameField({ tag, onRename, onClose }: TagNameProps) {
  const [name, setName] = useState(tag.name);
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  // A field that goes away loses the focus too, and must not be saved for that.
  const isLeft = useRef(false);
  const leave = () => {
    isLeft.current = true;
    onClose();
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    const wanted = name.trim();
    if (isSaving || isLeft.current) return;
    if (!wanted || wanted === tag.name) return leave();
    setIsSaving(true);
    try {
      await onRename(wanted);
      leave();
    } catch (reason) {
      setError(reason);
      setIsSaving(false);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  };
  return (
    <form onSubmit={save}>
      <TextInput
        size="xs"
        autoFocus
        aria-label={`Name of ${tag.name}`}
        description={error ? undefined : 'Enter saves, Escape leaves it as it was'}
        inputWrapperOrder={['input', 'description']}
        maxLength={100}
        disabled={isSaving}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={() => (error ? undefined : void save())}
      />
      {error ? <ErrorNotice error={error} title="This was not saved." /> : null}
    </form>
  );
}

export function TagName(props: TagNameProps) {
  const { tag, isEditing, isEditable, onEdit } = props;
  if (isEditing) return <NameField {...props} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 and the menu do the same
    <span className={classes.name} onDoubleClick={isEditable ? onEdit : undefined}>
      {tag.name}
    </span>
  );
}
