/** Where else people say much the same as in one excerpt. */

import { Button, Drawer, Stack, Text } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Excerpt, keys, listSimilarExcerpts, type SimilarExcerpt } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { ErrorNotice, formatPeople, Loading } from '@/ui';
import { EvidenceList } from './EvidenceList';
import classes from './EvidenceList.module.css';
import { countPeople } from './excerptFacts';
import { SelectionBar } from './SelectionBar';
import { type ExcerptSelection, useExcerptSelection } from './useExcerptSelection';

const MOST_SHOWN = 20;

const WHY: Record<SimilarExcerpt['why'], string> = {
  words: 'by the words they share',
  meaning: 'by what they mean',
};

function describeFound(excerpts: Excerpt[], why: SimilarExcerpt['why']): string {
  if (excerpts.length === 0) return 'Nobody else was marked saying it in words like these.';
  const people = formatPeople(countPeople(excerpts));
  return `${formatCount(excerpts.length, 'excerpt')} from ${people}, ${WHY[why]}`;
}

interface FoundProps {
  found: SimilarExcerpt[];
  selection: ExcerptSelection;
}

function Found({ found, selection }: FoundProps) {
  const excerpts = found.map(({ excerpt }) => excerpt);
  const highlights = new Map(found.map((one) => [one.excerpt.id, one.highlights]));
  return (
    <>
      <Text c="dimmed" size="sm" role="status">
        {describeFound(excerpts, found[0]?.why ?? 'words')}
      </Text>
      <EvidenceList
        excerpts={excerpts}
        label="Similar excerpts"
        selection={selection}
        getHighlights={({ id }) => highlights.get(id) as [number, number][] | undefined}
      />
    </>
  );
}

interface SimilarExcerptsProps {
  excerpt: Excerpt;
  onClose: () => void;
}

export function SimilarExcerpts({ excerpt, onClose }: SimilarExcerptsProps) {
  const { id } = useWorkspace();
  const selection = useExcerptSelection();
  const similar = useQuery({
    queryKey: keys.similarExcerpts(id, excerpt.id),
    queryFn: ({ signal }) => listSimilarExcerpts(id, excerpt.id, MOST_SHOWN, signal),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(100vw, 620px)"
      title="Similar excerpts"
      closeButtonProps={{ 'aria-label': 'Close the list' }}
      styles={{ title: { fontWeight: 650 } }}
    >
      <Stack gap="sm">
        <blockquote className={classes.asked} dir="auto">
          {excerpt.text}
        </blockquote>
        {similar.error ? (
          <ErrorNotice error={similar.error} onRetry={() => void similar.refetch()} />
        ) : null}
        {similar.isPending ? <Loading label="Looking for similar excerpts" rowHeight={96} /> : null}
        {similar.data ? <Found found={similar.data} selection={selection} /> : null}
      </Stack>
      <div style={{ position: 'sticky', bottom: 12 }}>
        <SelectionBar selection={selection} />
      </div>
    </Drawer>
  );
}

/** A button that opens them. */
export function FindSimilar({ excerpt }: { excerpt: Excerpt }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconEar size={14} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        Find similar
      </Button>
      {isOpen ? <SimilarExcerpts excerpt={excerpt} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
