/** The versions of the text: how each was made, which is shown, and what can be done with them. */

import { Badge, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { TranscriptVersion } from '@/api';
import { ErrorNotice, Loading, RelativeTime } from '@/ui';
import { SettledReviews } from '../reviews/ReviewButton';
import { useWorkbench } from '../workbench';
import { CompareDialog } from './CompareDialog';
import { describeMaking, describeSize, getVersionName } from './describeVersion';
import { TranscribeAgainButton } from './TranscribeAgain';
import { useRestore, useVersions } from './useVersions';
import classes from './VersionList.module.css';

interface ItemProps {
  version: TranscriptVersion;
  isOnly: boolean;
  onCompare: () => void;
}

function Actions({ version, isOnly, onCompare }: ItemProps) {
  const { mayMark } = useWorkbench();
  const { use, isPending } = useRestore();
  const name = getVersionName(version).toLowerCase();
  if (isOnly || version.is_current || version.state !== 'complete') return null;
  return (
    <Group gap={6} mt={6}>
      <Button size="compact-xs" variant="default" onClick={onCompare}>
        Compare <span className="only-for-screen-readers">{name} with the one shown</span>
      </Button>
      {mayMark ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() => void use(version)}
        >
          Use this one <span className="only-for-screen-readers">({name})</span>
        </Button>
      ) : null}
    </Group>
  );
}

function Item(props: ItemProps) {
  const { version } = props;
  const isGrowing = version.state === 'in_progress';
  return (
    <li className={classes.item} data-is-current={version.is_current || undefined}>
      <Group gap={6}>
        <Text size="sm" fw={600}>
          {getVersionName(version)}
        </Text>
        {version.is_current ? <Badge size="sm">Shown</Badge> : null}
        {version.is_draft ? (
          <Badge size="sm" variant="outline">
            Rough draft
          </Badge>
        ) : null}
        {isGrowing ? (
          <Badge size="sm" variant="default">
            Being made
          </Badge>
        ) : null}
      </Group>
      <Text size="sm">{describeMaking(version)}</Text>
      <Text size="xs" c="dimmed">
        {describeSize(version)}
        {' · '}
        <RelativeTime time={version.created_at} />
        {version.created_by ? ` · ${version.created_by.name}` : null}
      </Text>
      {version.notice && !isGrowing ? (
        <Text size="xs" c="dimmed" mt={4}>
          {version.notice}
        </Text>
      ) : null}
      <Actions {...props} />
    </li>
  );
}

export function VersionList() {
  const { source, mayMark } = useWorkbench();
  const versions = useVersions();
  const [comparedId, setComparedId] = useState('');
  const rows = versions.data ?? [];
  return (
    <>
      {versions.error && rows.length === 0 ? (
        <ErrorNotice
          title="The versions could not be loaded."
          error={versions.error}
          onRetry={() => void versions.refetch()}
        />
      ) : null}
      {versions.isPending ? <Loading label="Loading the versions" rows={2} /> : null}
      <ul className={classes.list} aria-label="Versions of the text">
        {rows.map((version) => (
          <Item
            key={version.id}
            version={version}
            isOnly={rows.length === 1}
            onCompare={() => setComparedId(version.id)}
          />
        ))}
      </ul>
      <Group gap="xs">
        {mayMark && source.kind === 'recording' ? <TranscribeAgainButton /> : null}
        <SettledReviews />
      </Group>
      {comparedId ? (
        <CompareDialog versions={rows} versionId={comparedId} onClose={() => setComparedId('')} />
      ) : null}
    </>
  );
}
