/** One group of words that mean the same: read, changed or deleted. */

import { ActionIcon, Pill, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SynonymGroup } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { GroupForm } from './GroupForm';
import classes from './Synonyms.module.css';
import type { Synonyms } from './useSynonyms';

interface SynonymRowProps {
  group: SynonymGroup;
  change: Synonyms['change'];
  remove: Synonyms['remove'];
}

export function SynonymRow({ group, change, remove }: SynonymRowProps) {
  const { permissions } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const name = group.words.join(', ');
  if (isOpen) {
    const isMine = change.variables?.group.id === group.id;
    const close = () => {
      change.reset();
      setIsOpen(false);
    };
    return (
      <li className={classes.open}>
        <GroupForm
          label={`Words that mean the same as ${group.words[0]}`}
          words={group.words}
          action="Save"
          isSaving={change.isPending && isMine}
          error={isMine ? change.error : null}
          onSave={(words) => change.mutate({ group, words }, { onSuccess: close })}
          onChange={change.reset}
          onCancel={close}
        />
      </li>
    );
  }
  return (
    <li className={classes.group}>
      <span className={classes.words}>
        {group.words.map((word) => (
          <Pill key={word} size="md" className={classes.word}>
            {word}
          </Pill>
        ))}
      </span>
      {permissions.may_edit_research ? (
        <span className={classes.actions}>
          <Tooltip label="Change">
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={`Change ${name}`}
              onClick={() => {
                change.reset();
                setIsOpen(true);
              }}
            >
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={`Delete ${name}`}
              onClick={() => remove.mutate(group)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      ) : null}
    </li>
  );
}
