/** The chosen excerpt's placings, tags and what else can be said of it. */

import {
  ActionIcon,
  Autocomplete,
  Button,
  CopyButton,
  Group,
  Menu,
  Pill,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { IconCheck, IconLink, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Excerpt, Placing } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { FindSimilar } from '@/features/evidence';
import { paths } from '@/lib/paths';
import { type Aspect, getPlacingName, getQuadrant, QUADRANTS } from '@/lib/quadrants';
import { QuadrantBadge, QuadrantIcon } from '@/ui';
import classes from './ExcerptForm.module.css';
import { StrengthChoice } from './forms/StrengthChoice';
import { listEmotions } from './forms/strength';
import { TagPicker } from './forms/TagPicker';
import { usePersonas, useTags } from './useSessionData';
import { useEvidence, useWorkbench } from './workbench';

/** The segmented control takes no empty value; this stands for "neither". */
const NEITHER = 'either';

function AspectChoice({
  placing,
  onChange,
}: {
  placing: Placing;
  onChange: (aspect: Aspect) => void;
}) {
  const { aspects, name } = getQuadrant(placing.quadrant);
  if (aspects.length === 0) return null;
  const data = [
    { value: NEITHER, label: 'Either' },
    ...aspects.map((aspect) => ({
      value: aspect,
      label: getPlacingName(placing.quadrant, aspect),
    })),
  ];
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={`Side of ${name}`}
      data={data}
      value={placing.aspect || NEITHER}
      onChange={(value) => onChange(value === NEITHER ? '' : (value as Aspect))}
    />
  );
}

function EmotionFields({ excerpt, placing }: { excerpt: Excerpt; placing: Placing }) {
  const { editor } = useWorkbench();
  const { excerpts } = useEvidence();
  const [emotion, setEmotion] = useState(placing.emotion);
  const [known, setKnown] = useState(placing.emotion);
  if (known !== placing.emotion) {
    setKnown(placing.emotion);
    setEmotion(placing.emotion);
  }
  const saveEmotion = () => {
    if (emotion.trim() !== placing.emotion) {
      editor.updatePlacing(excerpt.id, placing, { emotion: emotion.trim() });
    }
  };
  return (
    <>
      <Autocomplete
        size="xs"
        aria-label="What they feel, in their words"
        placeholder="What they feel, in their words"
        data={listEmotions(excerpts)}
        value={emotion}
        onChange={setEmotion}
        onBlur={saveEmotion}
        onKeyDown={(event) => event.key === 'Enter' && saveEmotion()}
      />
      <StrengthChoice
        value={placing.intensity}
        quadrant={placing.quadrant}
        onChange={(intensity) => editor.updatePlacing(excerpt.id, placing, { intensity })}
      />
    </>
  );
}

function PlacingFields({ excerpt, placing }: { excerpt: Excerpt; placing: Placing }) {
  const { editor } = useWorkbench();
  const personas = usePersonas();
  const { name } = getQuadrant(placing.quadrant);
  return (
    <div className={classes.placing}>
      <Group justify="space-between" wrap="nowrap">
        <QuadrantBadge quadrant={placing.quadrant} aspect={placing.aspect} />
        <ActionIcon
          size="sm"
          variant="subtle"
          aria-label={`Take it off ${name}`}
          onClick={() => editor.unplace(excerpt.id, placing)}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Group>
      <AspectChoice
        placing={placing}
        onChange={(aspect) => editor.updatePlacing(excerpt.id, placing, { aspect })}
      />
      <Select
        size="xs"
        aria-label={`Persona in ${name}`}
        placeholder="No persona"
        clearable
        data={personas.map(({ id, name: label }) => ({ value: id, label }))}
        value={placing.persona_id}
        onChange={(persona_id) => editor.updatePlacing(excerpt.id, placing, { persona_id })}
      />
      <EmotionFields key={placing.id} excerpt={excerpt} placing={placing} />
    </div>
  );
}

function AddPlacing({ excerpt }: { excerpt: Excerpt }) {
  const { editor } = useWorkbench();
  const placed = excerpt.placings.map((placing) => placing.quadrant);
  const rest = QUADRANTS.filter(({ id }) => !placed.includes(id));
  if (rest.length === 0) return null;
  const persona_id = excerpt.placings[0]?.persona_id ?? excerpt.participant?.persona_id ?? null;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          Place on a quadrant
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {rest.map(({ id, name, key }) => (
          <Menu.Item
            key={id}
            leftSection={<QuadrantIcon quadrant={id} />}
            rightSection={
              <Text size="xs" c="dimmed">
                {key}
              </Text>
            }
            onClick={() => editor.place(excerpt.id, { quadrant: id, aspect: '', persona_id })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TagFields({ excerpt }: { excerpt: Excerpt }) {
  const { editor } = useWorkbench();
  const tags = useTags();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Group gap={6}>
      {excerpt.tags.map(({ id, name }) => (
        <Pill
          key={id}
          withRemoveButton
          removeButtonProps={{
            'aria-label': `Take off the tag ${name}`,
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() =>
            editor.setTags(
              excerpt.id,
              excerpt.tags.filter((tag) => tag.id !== id),
            )
          }
        >
          {name}
        </Pill>
      ))}
      <Popover opened={isOpen} onChange={setIsOpen} width={270} shadow="md" returnFocus>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-expanded={isOpen}
            onClick={() => setIsOpen((open) => !open)}
          >
            Tag
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={8}>
          <TagPicker
            tags={tags}
            chosen={excerpt.tags}
            onChange={(chosen) => editor.setTags(excerpt.id, chosen)}
            onClose={() => setIsOpen(false)}
            hasAutoFocus
          />
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

export function CopyLink({ excerpt }: { excerpt: Excerpt }) {
  const { id } = useWorkspace();
  const address = paths.session(id, excerpt.session_id, { excerpt: excerpt.id });
  return (
    <CopyButton value={window.location.origin + address}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={
            copied ? <IconCheck size={14} aria-hidden /> : <IconLink size={14} aria-hidden />
          }
          onClick={copy}
        >
          {copied ? 'Link copied' : 'Copy link'}
        </Button>
      )}
    </CopyButton>
  );
}

export function ExcerptForm({ excerpt, onRemove }: { excerpt: Excerpt; onRemove: () => void }) {
  const { editor } = useWorkbench();
  return (
    <Stack gap="sm" mt="sm">
      {excerpt.placings.map((placing) => (
        <PlacingFields key={placing.quadrant} excerpt={excerpt} placing={placing} />
      ))}
      <AddPlacing excerpt={excerpt} />
      <TagFields excerpt={excerpt} />
      <Switch
        size="sm"
        label="Key quote: shown first"
        checked={excerpt.is_key_quote}
        onChange={(event) => editor.setKeyQuote(excerpt.id, event.currentTarget.checked)}
      />
      <Group justify="space-between">
        <Group gap={0}>
          <CopyLink excerpt={excerpt} />
          <FindSimilar excerpt={excerpt} />
        </Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          Delete
        </Button>
      </Group>
    </Stack>
  );
}
