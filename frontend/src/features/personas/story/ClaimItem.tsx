/** One sentence of the story, with its evidence or the mark of an assumption. */

import { ActionIcon, CopyButton, Menu, UnstyledButton } from '@mantine/core';
import {
  IconDots,
  IconLink,
  IconPencil,
  IconQuestionMark,
  IconQuote,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Claim } from '@/api';
import { EditableText } from '@/ui';
import { ClaimEvidence } from './ClaimEvidence';
import { describeSupport } from './claimFacts';
import classes from './Story.module.css';
import type { ClaimChanges } from './useClaimChanges';

interface ClaimItemProps {
  claim: Claim;
  peopleTotal?: number;
  isEditable: boolean;
  /** The address leads to this sentence. */
  isLinkedTo: boolean;
  changes: ClaimChanges;
}

function Support({ claim, peopleTotal, onOpen }: ClaimItemProps & { onOpen: () => void }) {
  if (claim.is_assumption) {
    return (
      <UnstyledButton className={classes.assumption} onClick={onOpen}>
        <IconQuestionMark size={13} aria-hidden /> Assumption
      </UnstyledButton>
    );
  }
  return (
    <UnstyledButton className={classes.support} onClick={onOpen}>
      <IconQuote size={13} aria-hidden /> {describeSupport(claim, peopleTotal)}
    </UnstyledButton>
  );
}

function getClaimAddress(claim: Claim): string {
  return `${window.location.origin}${window.location.pathname}#claim-${claim.id}`;
}

function ClaimMenu({
  claim,
  isEditable,
  changes,
  onEdit,
}: ClaimItemProps & { onEdit: () => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          className={classes.quietAction}
          aria-label={`More about “${claim.text}”`}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isEditable ? (
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            Rewrite
          </Menu.Item>
        ) : null}
        <CopyButton value={getClaimAddress(claim)}>
          {({ copied, copy }) => (
            <Menu.Item
              leftSection={<IconLink size={16} aria-hidden />}
              onClick={copy}
              closeMenuOnClick={false}
            >
              {copied ? 'Link copied' : 'Copy link to this sentence'}
            </Menu.Item>
          )}
        </CopyButton>
        {isEditable ? (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void changes.remove(claim)}
          >
            Delete
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ClaimItem(props: ClaimItemProps) {
  const { claim, peopleTotal, isEditable, isLinkedTo, changes } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [isWriting, setIsWriting] = useState(false);
  return (
    <li
      id={`claim-${claim.id}`}
      className={classes.claim}
      data-is-linked-to={isLinkedTo || undefined}
    >
      {isWriting ? (
        <EditableText
          text={claim.text}
          label={`“${claim.text}”`}
          isEditable
          isRequired
          isOpenAtFirst
          onSave={(text) => changes.rewrite(claim, text)}
          onClosed={() => setIsWriting(false)}
        />
      ) : (
        <>
          <span className={classes.sentence}>{claim.text}</span>{' '}
          <Support {...props} onOpen={() => setIsOpen(true)} />{' '}
          <ClaimMenu {...props} onEdit={() => setIsWriting(true)} />
        </>
      )}
      {isOpen ? (
        <ClaimEvidence
          claim={claim}
          peopleTotal={peopleTotal}
          isEditable={isEditable}
          changes={changes}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </li>
  );
}
