/** Compares two versions of a text, and lets one of them be brought back. */

import { Button, Modal, Select, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Comparison, compareVersions, keys, type TranscriptVersion } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { ErrorNotice, Loading } from '@/ui';
import { useWorkbench } from '../workbench';
import classes from './CompareDialog.module.css';
import { ComparisonRows } from './ComparisonRows';
import { describeMaking, getVersionName } from './describeVersion';
import { useRestore } from './useVersions';

interface CompareDialogProps {
  versions: readonly TranscriptVersion[];
  /** The version that was asked about; it is compared with the one that is shown. */
  versionId: string;
  onClose: () => void;
}

function describeDifference(comparison: Comparison): string {
  const { same_words, changed_words, removed_words, added_words } = comparison;
  if (changed_words + removed_words + added_words === 0) {
    return `All ${formatCount(same_words, 'word')} are the same.`;
  }
  const parts = [`${formatCount(same_words, 'word')} the same`];
  if (changed_words) parts.push(`${changed_words.toLocaleString('en')} changed`);
  if (removed_words) parts.push(`${removed_words.toLocaleString('en')} only in the earlier`);
  if (added_words) parts.push(`${added_words.toLocaleString('en')} only in the later`);
  return `${parts.join(', ')}. j and k go from one difference to the next.`;
}

interface ColumnProps {
  version: TranscriptVersion | undefined;
  versions: readonly TranscriptVersion[];
  label: string;
  onChoose: (versionId: string) => void;
}

function Column({ version, versions, label, onChoose }: ColumnProps) {
  const { mayMark } = useWorkbench();
  const { use, isPending } = useRestore();
  if (!version) return <div />;
  return (
    <div className={classes.column}>
      <Select
        label={label}
        size="xs"
        allowDeselect={false}
        data={versions.map((one) => ({
          value: one.id,
          label: `${getVersionName(one)}${one.is_current ? ' (shown)' : ''}`,
        }))}
        value={version.id}
        onChange={(versionId) => versionId && onChoose(versionId)}
      />
      <Text size="xs" c="dimmed">
        {describeMaking(version)}
      </Text>
      {mayMark && !version.is_current ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() => void use(version)}
        >
          Use {getVersionName(version).toLowerCase()}
        </Button>
      ) : null}
    </div>
  );
}

export function CompareDialog({ versions, versionId, onClose }: CompareDialogProps) {
  const { id } = useWorkspace();
  const { source, playFrom } = useWorkbench();
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const complete = versions.filter(({ state }) => state === 'complete');
  const shown = complete.find((one) => one.is_current && one.id !== versionId);
  const other = shown ?? complete.find((one) => one.id !== versionId);
  const [chosen, setChosen] = useState([versionId, other?.id ?? '']);
  const find = (wanted: string) => complete.find((one) => one.id === wanted);
  const [earlier, later] = chosen.map(find).sort((a, b) => (a?.version ?? 0) - (b?.version ?? 0));
  const comparison = useQuery({
    queryKey: keys.comparison(id, earlier?.id ?? '', later?.id ?? ''),
    queryFn: () => compareVersions(id, later?.id ?? '', earlier?.id ?? ''),
    enabled: earlier !== undefined && later !== undefined && earlier !== later,
    staleTime: 0,
  });
  const choose = (kept: TranscriptVersion | undefined) => (wanted: string) =>
    // The same version twice would be compared with itself: the two change places instead.
    setChosen(
      kept?.id === wanted
        ? [wanted, earlier?.id === wanted ? (later?.id ?? '') : (earlier?.id ?? '')]
        : [wanted, kept?.id ?? ''],
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title="Compare versions"
      size="min(1120px, 100%)"
      fullScreen={isNarrow}
    >
      <Stack gap="sm">
        <div className={classes.columns}>
          <Column label="Earlier" version={earlier} versions={complete} onChoose={choose(later)} />
          <Column label="Later" version={later} versions={complete} onChoose={choose(earlier)} />
        </div>
        {comparison.error ? (
          <ErrorNotice
            title="The versions could not be compared."
            error={comparison.error}
            onRetry={() => void comparison.refetch()}
          />
        ) : null}
        {comparison.isFetching && !comparison.data ? <Loading label="Comparing" /> : null}
        {comparison.data ? (
          <>
            <Text size="sm" role="status">
              {describeDifference(comparison.data)}
            </Text>
            <ComparisonRows
              comparison={comparison.data}
              onPlay={source.media?.media_url ? playFrom : null}
            />
          </>
        ) : null}
      </Stack>
    </Modal>
  );
}
