/** Choosing one of the reels that exist, or a name for a new one. */

import { Radio, ScrollArea, Stack, TextInput } from '@mantine/core';
import type { ReelRow } from '@/api';
import { formatCount } from '@/lib/text';
import { formatDuration } from '@/lib/time';
import { formatPeople } from '@/ui';

export interface ReelTarget {
  /** Null: a new one with this title. */
  reelId: string | null;
  title: string;
}

/** "5 excerpts from 3 people, 2:05". */
export function describeReel(reel: ReelRow): string {
  const length = reel.length_ms > 0 ? `, ${formatDuration(reel.length_ms)}` : '';
  return `${formatCount(reel.excerpt_count, 'excerpt')} from ${formatPeople(reel.people_count)}${length}`;
}

interface ReelChoiceProps {
  reels: readonly ReelRow[];
  target: ReelTarget;
  onChange: (target: ReelTarget) => void;
}

export function ReelChoice({ reels, target, onChange }: ReelChoiceProps) {
  return (
    <Stack gap="sm">
      {reels.length > 0 ? (
        <ScrollArea.Autosize mah={280} type="auto">
          <Radio.Group
            value={target.reelId ?? ''}
            onChange={(value) => onChange({ ...target, reelId: value || null })}
            aria-label="Reel"
          >
            <Stack gap="xs" py={4}>
              {reels.map((reel) => (
                <Radio
                  key={reel.id}
                  value={reel.id}
                  label={reel.title}
                  description={describeReel(reel)}
                />
              ))}
              <Radio value="" label="A new reel" />
            </Stack>
          </Radio.Group>
        </ScrollArea.Autosize>
      ) : null}
      {target.reelId === null ? (
        <TextInput
          label="What the reel is called"
          placeholder="Waiting, in their own words"
          maxLength={200}
          required
          data-autofocus={reels.length === 0 || undefined}
          value={target.title}
          onChange={(event) => onChange({ ...target, title: event.currentTarget.value })}
        />
      ) : null}
    </Stack>
  );
}
