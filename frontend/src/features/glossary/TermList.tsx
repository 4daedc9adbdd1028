/** Terms that are sent with recordings, and those that are not, with the reason. */

import { ActionIcon, Badge, Text, Title, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Glossary, GlossaryTerm } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import classes from './Glossary.module.css';

interface TermRowProps {
  term: GlossaryTerm;
  /** Whether terms of one study and of all are shown together. */
  isMixed: boolean;
  onRemove: (term: GlossaryTerm) => void;
}

function TermRow({ term, isMixed, onRemove }: TermRowProps) {
  const { permissions } = useWorkspace();
  return (
    <li className={classes.term}>
      <span className={classes.text}>{term.text}</span>
      {isMixed && term.study_id === null ? (
        <Badge variant="default" size="sm" tt="none" fw={550}>
          In every study
        </Badge>
      ) : null}
      <Text component="span" size="sm" c="dimmed" className={classes.times}>
        {term.times_corrected ? `put right ${formatCount(term.times_corrected, 'time')}` : ''}
      </Text>
      {permissions.may_edit_research ? (
        <Tooltip label="Remove">
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={`Remove ${term.text}`}
            onClick={() => onRemove(term)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </li>
  );
}

interface TermListProps {
  glossary: Glossary;
  isMixed: boolean;
  onRemove: (term: GlossaryTerm) => void;
}

export function TermList({ glossary, isMixed, onRemove }: TermListProps) {
  const { results, sent_maximum: maximum } = glossary;
  const sent = results.filter((term) => term.is_sent);
  const kept = results.filter((term) => !term.is_sent);
  const rows = (terms: GlossaryTerm[]) => (
    <ul className={classes.terms}>
      {terms.map((term) => (
        <TermRow key={term.id} term={term} isMixed={isMixed} onRemove={onRemove} />
      ))}
    </ul>
  );
  return (
    <>
      {sent.length ? (
        <section aria-labelledby="sent">
          <Title order={2} id="sent">
            Sent with each recording
          </Title>
          <Text size="sm" c="dimmed">
            {sent.length} of at most {maximum}, the most often corrected first. Longer lists were
            measured to make recognition worse.
          </Text>
          {rows(sent)}
        </section>
      ) : null}
      {kept.length ? (
        <section aria-labelledby="kept">
          <Title order={2} id="kept">
            Kept, but not sent
          </Title>
          <Text size="sm" c="dimmed">
            The words above are corrected more often. Remove one of them, and the next moves up.
          </Text>
          {rows(kept)}
        </section>
      ) : null}
    </>
  );
}
