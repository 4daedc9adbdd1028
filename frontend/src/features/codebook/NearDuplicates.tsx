/** Tags that may mean the same, to be merged or told apart. */

import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { keys, listNearDuplicates, type NearDuplicate, type Tag } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { ErrorNotice, Loading, TagBadge } from '@/ui';
import classes from './Codebook.module.css';
import { listPath } from './tagTree';
import type { TagChanges } from './useTagChanges';

export interface Pair extends NearDuplicate {
  /** The tag that stays if they are merged: the one that is used more. */
  kept: Tag;
  gone: Tag;
}

export function describeLikeness(pair: NearDuplicate): string {
  if (pair.reason === 'same_words') return 'The same words';
  if (pair.reason === 'similar_name') return 'Nearly the same name';
  return `Together on ${pair.shared_excerpts} of ${formatCount(pair.either_excerpts, 'excerpt')}`;
}

/** Pairs of tags that are both there. */
export function pairTags(found: readonly NearDuplicate[], tags: readonly Tag[]): Pair[] {
  const byId = new Map(tags.map((tag) => [tag.id, tag]));
  return found.flatMap((near) => {
    const [one, other] = [byId.get(near.tag_id), byId.get(near.other_id)];
    if (!one || !other) return [];
    const [kept, gone] = one.excerpt_count >= other.excerpt_count ? [one, other] : [other, one];
    return [{ ...near, kept, gone }];
  });
}

export function useNearDuplicates(tags: readonly Tag[]) {
  const { id } = useWorkspace();
  const found = useQuery({
    queryKey: keys.nearDuplicates(id),
    queryFn: () => listNearDuplicates(id),
  });
  return { ...found, pairs: pairTags(found.data ?? [], tags) };
}

interface NearDuplicatesProps {
  tags: readonly Tag[];
  isEditable: boolean;
  changes: TagChanges;
  onMerge: (pair: Pair) => void;
}

function PathBadge({ tag, tags }: { tag: Tag; tags: readonly Tag[] }) {
  const path = listPath(tags, tag).slice(0, -1);
  return (
    <span className={classes.pathBadge}>
      {path.length > 0 ? (
        <Text component="span" size="xs" c="dimmed">
          {path.join(' › ')} ›{' '}
        </Text>
      ) : null}
      <TagBadge name={tag.name} colour={tag.colour} />
    </span>
  );
}

export function NearDuplicates({ tags, isEditable, changes, onMerge }: NearDuplicatesProps) {
  const { pairs, data, error, refetch } = useNearDuplicates(tags);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label="Comparing tags" rows={3} rowHeight={40} />;
  if (pairs.length === 0) return <Text c="dimmed">No two tags seem to mean the same.</Text>;
  return (
    <ul className={classes.rows} aria-label="Tags that may mean the same">
      {pairs.map((pair) => (
        <li key={`${pair.tag_id} ${pair.other_id}`} className={classes.pair}>
          <div className={classes.pairTags}>
            <PathBadge tag={pair.gone} tags={tags} />
            <Text component="span" size="sm" c="dimmed">
              and
            </Text>
            <PathBadge tag={pair.kept} tags={tags} />
            <Text component="span" size="sm" c="dimmed">
              {describeLikeness(pair)}
            </Text>
          </div>
          {isEditable ? (
            <Group gap={6} wrap="nowrap">
              <Button size="compact-sm" variant="light" onClick={() => onMerge(pair)}>
                Merge…
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={`${pair.gone.name} and ${pair.kept.name} are different`}
                onClick={() => void changes.tellApart(pair.gone, pair.kept)}
              >
                Different
              </Button>
            </Group>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
