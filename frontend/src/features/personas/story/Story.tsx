/** The story of a persona, in sentences that are evidenced or marked as assumptions. */

import { ActionIcon, Title, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { PersonaDetail } from '@/api';
import { usePeopleTotal } from '@/features/evidence';
import { EditableText } from '@/ui';
import { ClaimItem } from './ClaimItem';
import classes from './Story.module.css';
import { STORY_SECTIONS, type StorySectionText } from './storySections';
import { type ClaimChanges, useClaimChanges } from './useClaimChanges';

interface StoryProps {
  persona: PersonaDetail;
  isEditable: boolean;
}

interface NewSentenceProps {
  section: StorySectionText;
  changes: ClaimChanges;
  onClosed: () => void;
}

interface SectionProps extends StoryProps {
  section: StorySectionText;
  linkedId: string;
  changes: ClaimChanges;
}

function NewSentence({ section, changes, onClosed }: NewSentenceProps) {
  return (
    <EditableText
      text=""
      label={section.title}
      isEditable
      isOpenAtFirst
      onSave={(text) => changes.write(section.section, text)}
      onClosed={onClosed}
    />
  );
}

function Section({ persona, section, isEditable, linkedId, changes }: SectionProps) {
  const peopleTotal = usePeopleTotal();
  const [isWriting, setIsWriting] = useState(false);
  const claims = persona.story.find((one) => one.section === section.section)?.claims ?? [];
  if (claims.length === 0 && !isEditable) return null;
  return (
    <section className={classes.section} aria-label={section.title}>
      <h3 className={classes.title}>
        {section.title}
        {isEditable ? (
          <Tooltip label="Add a sentence">
            <ActionIcon
              size="sm"
              variant="subtle"
              aria-label={`Add a sentence to ${section.title}`}
              onClick={() => setIsWriting(true)}
            >
              <IconPlus size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </h3>
      <div>
        {claims.length === 0 && !isWriting ? (
          <p className={classes.nothing}>{section.question}</p>
        ) : null}
        <ul className={classes.claims}>
          {claims.map((claim) => (
            <ClaimItem
              key={claim.id}
              claim={claim}
              peopleTotal={peopleTotal}
              isEditable={isEditable}
              isLinkedTo={linkedId === claim.id}
              changes={changes}
            />
          ))}
        </ul>
        {isWriting ? (
          <NewSentence section={section} changes={changes} onClosed={() => setIsWriting(false)} />
        ) : null}
      </div>
    </section>
  );
}

/** The id of the claim that the address names, scrolled to once it is on the page. */
function useLinkedClaim(): string {
  const { hash } = useLocation();
  useEffect(() => {
    if (!hash.startsWith('#claim-')) return;
    document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' });
  }, [hash]);
  return hash.startsWith('#claim-') ? hash.slice('#claim-'.length) : '';
}

export function Story({ persona, isEditable }: StoryProps) {
  const changes = useClaimChanges(persona.id);
  const linkedId = useLinkedClaim();
  const isUnwritten = persona.story.every((one) => one.claims.length === 0);
  return (
    <section aria-labelledby="story">
      <Title order={2} id="story" mb="sm">
        Story
      </Title>
      {isUnwritten && !isEditable ? (
        <p className={classes.nothing}>Nothing has been written about {persona.name} yet.</p>
      ) : null}
      {STORY_SECTIONS.map((section) => (
        <Section
          key={section.section}
          section={section}
          persona={persona}
          isEditable={isEditable}
          linkedId={linkedId}
          changes={changes}
        />
      ))}
    </section>
  );
}
