/** One sentence of the story, with its evidence or the mark of an assumption. */

import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLink, IconQuestionMark, IconQuote, IconTrash } from '@tabler/icons-react';
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

function DeleteButton({ claim, changes }: Pick<ClaimItemProps, 'claim' | 'changes'>) {
  return (
    <Tooltip label="Delete">
      <ActionIcon
        size="sm"
        variant="subtle"
        aria-label={`Delete “${claim.text}”`}
        onClick={() => void changes.remove(claim)}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

export function ClaimItem(props: ClaimItemProps) {
  const { claim, peopleTotal, isEditable, isLinkedTo, changes } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li
      id={`claim-${claim.id}`}
      className={classes.claim}
      data-is-linked-to={isLinkedTo || undefined}
    >
      <div className={classes.sentence}>
        <EditableText
          text={claim.text}
          label={`“${claim.text}”`}
          isEditable={isEditable}
          isRequired
          onSave={(text) => changes.rewrite(claim, text)}
        />
      </div>
      <div className={classes.claimSide}>
        <Tooltip label="Link to this sentence">
          <ActionIcon
            component="a"
            href={`#claim-${claim.id}`}
            size="sm"
            variant="subtle"
            className={classes.quietAction}
            aria-label={`Link to “${claim.text}”`}
          >
            <IconLink size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {isEditable ? (
          <span className={classes.quietAction}>
            <DeleteButton claim={claim} changes={changes} />
          </span>
        ) : null}
        <Support {...props} onOpen={() => setIsOpen(true)} />
      </div>
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
