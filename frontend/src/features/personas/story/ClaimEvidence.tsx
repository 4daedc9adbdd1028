/** The voices behind one sentence of the story, and the way to add more. */

import { Button, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Claim, Excerpt } from '@/api';
import { EvidenceDrawer, EvidenceGroup, ExcerptPicker } from '@/features/evidence';
import { describeSupport, listEvidence } from './claimFacts';
import type { ClaimChanges } from './useClaimChanges';

interface ClaimEvidenceProps {
  claim: Claim;
  peopleTotal?: number;
  isEditable: boolean;
  changes: ClaimChanges;
  onClose: () => void;
}

export function ClaimEvidence(props: ClaimEvidenceProps) {
  const { claim, peopleTotal, isEditable, changes, onClose } = props;
  const [isPicking, setIsPicking] = useState(false);
  const supporting = listEvidence(claim, 'for');
  const removeButton = (excerpt: Excerpt) => (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconX size={13} aria-hidden />}
      onClick={() => void changes.removeExcerpt(claim, excerpt)}
    >
      Take away
    </Button>
  );
  return (
    <EvidenceDrawer title={claim.text} onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {claim.is_assumption
            ? 'An assumption: nobody has been heard saying it yet.'
            : describeSupport(claim, peopleTotal)}
        </Text>
        {isEditable ? (
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setIsPicking(true)}
          >
            Add evidence
          </Button>
        ) : null}
        <EvidenceGroup
          title="For it"
          excerpts={supporting}
          renderActions={isEditable ? removeButton : undefined}
        />
        <EvidenceGroup title="Against it" excerpts={listEvidence(claim, 'against')} />
      </Stack>
      {isPicking ? (
        <ExcerptPicker
          title={`Evidence for “${claim.text}”`}
          isChosen={(excerpt) => claim.evidence.some((one) => one.excerpt.id === excerpt.id)}
          onAdd={(excerpt) => void changes.addExcerpt(claim, excerpt)}
          onClose={() => setIsPicking(false)}
        />
      ) : null}
    </EvidenceDrawer>
  );
}
