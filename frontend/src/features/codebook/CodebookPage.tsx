/** The codebook: the tree of tags, what each means, and how many people it was heard from. */

import { Button, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { keys, listTags, type Tag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceDrawer, usePeopleTotal } from '@/features/evidence';
import { EmptyState, ErrorNotice, Loading, PageBody, PageHeader, TagBadge } from '@/ui';
import classes from './Codebook.module.css';
import { TagDialog } from './TagDialog';
import { type DialogRequest, TagRow } from './TagRow';
import { buildTree, listLines, pruneTree } from './tagTree';
import { useTagChanges } from './useTagChanges';

const NOTHING_CLOSED: ReadonlySet<string> = new Set();

function useClosed() {
  const [closedIds, setClosedIds] = useState(NOTHING_CLOSED);
  const toggle = (tagId: string) => {
    const next = new Set(closedIds);
    if (!next.delete(tagId)) next.add(tagId);
    setClosedIds(next);
  };
  return { closedIds, toggle };
}

interface TagTreeProps {
  tags: readonly Tag[];
  peopleTotal?: number;
  onDialog: (request: DialogRequest) => void;
}

function TagTree({ tags, peopleTotal, onDialog }: TagTreeProps) {
  const { permissions } = useWorkspace();
  const changes = useTagChanges(tags);
  const { closedIds, toggle } = useClosed();
  const [words, setWords] = useState('');
  const isFinding = words.trim() !== '';
  const tree = pruneTree(buildTree(tags), words);
  const lines = listLines(tree, isFinding ? NOTHING_CLOSED : closedIds);
  return (
    <>
      <TextInput
        mt="md"
        mb="sm"
        maw={360}
        aria-label="Find a tag"
        placeholder="Find a tag"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {lines.length === 0 ? <Text c="dimmed">No tag is called that.</Text> : null}
      <ul className={classes.rows} aria-label="Tags">
        {lines.map((line) => (
          <TagRow
            key={line.tag.id}
            line={line}
            isClosed={!isFinding && closedIds.has(line.tag.id)}
            onToggle={() => toggle(line.tag.id)}
            peopleTotal={peopleTotal}
            isEditable={permissions.may_edit_research}
            changes={changes}
            onDialog={onDialog}
            href={`?tag=${line.tag.id}`}
          />
        ))}
      </ul>
    </>
  );
}

function OpenTag({ tags, peopleTotal }: { tags: readonly Tag[]; peopleTotal?: number }) {
  const [address, setAddress] = useSearchParams();
  const tag = tags.find((one) => one.id === address.get('tag'));
  if (!tag) return null;
  return (
    <EvidenceDrawer
      title={<TagBadge name={tag.name} colour={tag.colour} />}
      filters={{ tag: tag.id }}
      peopleTotal={peopleTotal}
      onClose={() => setAddress({})}
    />
  );
}

function NoTags({ newButton }: { newButton: ReactNode }) {
  return (
    <EmptyState
      icon={<IconTags size={40} stroke={1.4} />}
      title="The codebook is empty"
      action={newButton}
    >
      Tags name what people talk about, such as “reminders” or “waiting”. Excerpts with the same tag
      gather into a theme on the empathy maps.
    </EmptyState>
  );
}

export function CodebookPage() {
  const { id, permissions } = useWorkspace();
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const tags = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id) });
  const peopleTotal = usePeopleTotal();
  const newButton = permissions.may_edit_research ? (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setRequest({})}>
      New tag
    </Button>
  ) : null;
  return (
    <PageBody maw={980}>
      <PageHeader
        title="Codebook"
        description="The words the team tags with. Each counts the people it was heard from."
        action={newButton}
      />
      {tags.error && !tags.data ? (
        <ErrorNotice error={tags.error} onRetry={() => void tags.refetch()} />
      ) : null}
      {tags.isPending ? <Loading label="Loading the codebook" rows={6} rowHeight={44} /> : null}
      {tags.data?.length === 0 ? <NoTags newButton={newButton} /> : null}
      {tags.data && tags.data.length > 0 ? (
        <TagTree tags={tags.data} peopleTotal={peopleTotal} onDialog={setRequest} />
      ) : null}
      {tags.data ? <OpenTag tags={tags.data} peopleTotal={peopleTotal} /> : null}
      {request ? (
        <TagDialog {...request} tags={tags.data ?? []} onClose={() => setRequest(null)} />
      ) : null}
    </PageBody>
  );
}
