/** The codebook: the tree of tags, what each means, and how many people it was heard from. */

import {
  ActionIcon,
  Alert,
  Button,
  Group,
  SegmentedControl,
  TextInput,
  Tooltip,
} from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLock,
  IconPlus,
  IconSearch,
  IconTags,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type Codebook, keys, listTags, type Tag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceDrawer, usePeopleTotal } from '@/features/evidence';
import { EmptyState, ErrorNotice, Loading, PageBody, PageDrop, PageHeader, TagBadge } from '@/ui';
import { CodebookDialog, type DialogRequest } from './CodebookDialog';
import { CodebookMenu } from './CodebookMenu';
import { NearDuplicates, useNearDuplicates } from './NearDuplicates';
import { TagTree } from './TagTree';
import { isUnused } from './tagTree';
import { useCodebook, useCodebookHistory, useTagChanges } from './useTagChanges';

type View = 'all' | 'unused' | 'alike';

function HistoryButtons({ codebook }: { codebook: Codebook }) {
  const { undo, redo } = useCodebookHistory();
  const buttons = [
    { name: 'Undo', next: codebook.undo, act: undo, Icon: IconArrowBackUp },
    { name: 'Redo', next: codebook.redo, act: redo, Icon: IconArrowForwardUp },
  ];
  return (
    <Group gap={4} wrap="nowrap">
      {buttons.map(({ name, next, act, Icon }) => (
        <Tooltip
          key={name}
          label={next ? `${name}: ${next.summary}` : `Nothing to ${name.toLowerCase()}`}
        >
          <ActionIcon
            size="lg"
            variant="default"
            aria-label={next ? `${name}: ${next.summary}` : name}
            disabled={!next}
            onClick={() => void act()}
          >
            <Icon size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}

interface ViewsProps {
  tags: readonly Tag[];
  codebook: Codebook;
  peopleTotal?: number;
  onDialog: (request: DialogRequest) => void;
}

function Views({ tags, codebook, peopleTotal, onDialog }: ViewsProps) {
  const [words, setWords] = useState('');
  const [view, setView] = useState<View>('all');
  const changes = useTagChanges(tags);
  const { pairs } = useNearDuplicates(tags);
  const unused = tags.filter(isUnused).length;
  const isEditable = codebook.may_edit;
  return (
    <>
      <Group mt="md" mb="sm" gap="sm">
        <TextInput
          style={{ flex: '1 1 200px' }}
          maw={320}
          aria-label="Find a tag"
          placeholder="Find a tag"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Which tags"
          value={view}
          onChange={(value) => setView(value as View)}
          data={[
            { value: 'all', label: `All ${tags.length}` },
            { value: 'unused', label: `Unused ${unused}` },
            { value: 'alike', label: `Look alike ${pairs.length}` },
          ]}
        />
        {isEditable ? <HistoryButtons codebook={codebook} /> : null}
      </Group>
      {view === 'alike' ? (
        <NearDuplicates
          tags={tags}
          isEditable={isEditable}
          changes={changes}
          onMerge={({ gone, kept }) => onDialog({ kind: 'merge', tag: gone, into: kept })}
        />
      ) : (
        <TagTree
          tags={tags}
          words={words}
          isUnusedOnly={view === 'unused'}
          isEditable={isEditable}
          peopleTotal={peopleTotal}
          changes={changes}
          onAction={(kind, tag) => {
            if (kind !== 'rename' && kind !== 'delete') onDialog({ kind, tag });
          }}
        />
      )}
    </>
  );
}

function OpenTag({ tags, peopleTotal }: { tags: readonly Tag[]; peopleTotal?: number }) {
  const [address, setAddress] = useSearchParams();
  const branchId = address.get('branch');
  const tag = tags.find((one) => one.id === (branchId ?? address.get('tag')));
  if (!tag) return null;
  return (
    <EvidenceDrawer
      title={
        <>
          <TagBadge name={tag.name} colour={tag.colour} />
          {branchId ? ' and what is under it' : null}
        </>
      }
      filters={branchId ? { branch: tag.id } : { tag: tag.id }}
      peopleTotal={peopleTotal}
      onClose={() => setAddress({})}
    />
  );
}

function NoTags({ children }: { children: ReactNode }) {
  return (
    <EmptyState
      icon={<IconTags size={40} stroke={1.4} />}
      title="The codebook is empty"
      action={children}
    >
      Tags name what people talk about, such as “reminders” or “waiting”. Excerpts with the same tag
      gather into a theme on the empathy maps. Make tags here, while you mark a transcript, or bring
      a codebook along from a table or another program.
    </EmptyState>
  );
}

function LockedNotice({ codebook }: { codebook: Codebook }) {
  if (!codebook.is_locked) return null;
  return (
    <Alert mt="sm" py="xs" color="gray" icon={<IconLock size={17} aria-hidden />}>
      {codebook.may_edit
        ? 'The codebook is locked: only owners, such as you, change its tags.'
        : 'The codebook is locked: use its tags as they are, or ask an owner for a change.'}
    </Alert>
  );
}

export function CodebookPage() {
  const { id } = useWorkspace();
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const tags = useQuery({ queryKey: keys.tags(id), queryFn: () => listTags(id) });
  const codebook = useCodebook();
  const changes = useTagChanges(tags.data ?? []);
  const peopleTotal = usePeopleTotal();
  const mayEdit = codebook.data?.may_edit ?? false;
  const newButton = mayEdit ? (
    <Button
      leftSection={<IconPlus size={17} aria-hidden />}
      onClick={() => setRequest({ kind: 'new' })}
    >
      New tag
    </Button>
  ) : null;
  const error = tags.error ?? codebook.error;
  const isRead = tags.data && codebook.data;
  return (
    <PageBody>
      <PageHeader
        title="Codebook"
        description="The words the team tags with. Each counts the people it was heard from."
        action={
          <>
            <CodebookMenu
              codebook={codebook.data}
              isEmpty={tags.data?.length === 0}
              onImport={() => setRequest({ kind: 'import' })}
              onLock={(isLocked) => void changes.lock(isLocked)}
            />
            {newButton}
          </>
        }
      />
      {error && !isRead ? (
        <ErrorNotice
          error={error}
          onRetry={() => {
            void tags.refetch();
            void codebook.refetch();
          }}
        />
      ) : null}
      {!isRead && !error ? <Loading label="Loading the codebook" rows={6} rowHeight={44} /> : null}
      {codebook.data ? <LockedNotice codebook={codebook.data} /> : null}
      {isRead && tags.data.length === 0 ? (
        <NoTags>
          {mayEdit ? (
            <Group justify="center">
              {newButton}
              <Button variant="default" onClick={() => setRequest({ kind: 'import' })}>
                Import tags
              </Button>
            </Group>
          ) : null}
        </NoTags>
      ) : null}
      {isRead && tags.data.length > 0 ? (
        <Views
          tags={tags.data}
          codebook={codebook.data}
          peopleTotal={peopleTotal}
          onDialog={setRequest}
        />
      ) : null}
      {tags.data ? <OpenTag tags={tags.data} peopleTotal={peopleTotal} /> : null}
      <PageDrop
        invitation="Drop a codebook to see what it would change"
        isDisabled={!mayEdit}
        onFiles={([file]) => setRequest({ kind: 'import', file })}
      />
      {request ? (
        <CodebookDialog
          request={request}
          tags={tags.data ?? []}
          peopleTotal={peopleTotal}
          onClose={() => setRequest(null)}
        />
      ) : null}
    </PageBody>
  );
}
