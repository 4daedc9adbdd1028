/** What somebody felt, in their own words, and how strongly. */

import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Placing } from '@/api';
import { getPlacingName } from '@/lib/quadrants';
import classes from './EmotionForm.module.css';
import { scoreName } from './matchTags';
import { StrengthChoice } from './StrengthChoice';

const SUGGESTIONS_SHOWN = 6;
const EMOTION_LENGTH_MAXIMUM = 60;

export interface Feeling {
  emotion: string;
  intensity: number | null;
}

interface EmotionFormProps {
  placings: readonly Placing[];
  /** Words used before. */
  emotions: readonly string[];
  onSave: (placing: Placing | undefined, feeling: Feeling) => void;
  onClose: () => void;
}

function suggest(emotions: readonly string[], typed: string): string[] {
  return emotions
    .filter((word) => word !== typed.trim() && scoreName(word, typed) !== null)
    .slice(0, SUGGESTIONS_SHOWN);
}

function useFeeling(placing: Placing | undefined) {
  const [emotion, setEmotion] = useState(placing?.emotion ?? '');
  const [intensity, setIntensity] = useState(placing?.intensity ?? null);
  const read = (other: Placing) => {
    setEmotion(other.emotion);
    setIntensity(other.intensity);
  };
  return { emotion, setEmotion, intensity, setIntensity, read };
}

export function EmotionForm({ placings, emotions, onSave, onClose }: EmotionFormProps) {
  // The placing that was made last is the one that is spoken of.
  const [quadrant, setQuadrant] = useState(placings.at(-1)?.quadrant);
  const placing = placings.find((one) => one.quadrant === quadrant);
  const feeling = useFeeling(placing);
  const strengthRef = useRef<HTMLDivElement>(null);
  const goToStrength = () =>
    strengthRef.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  const save = () => {
    onSave(placing, { emotion: feeling.emotion.trim(), intensity: feeling.intensity });
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    const isOnStrength = strengthRef.current?.contains(event.target as Node);
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && (isOnStrength || event.ctrlKey)) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const suggestions = suggest(emotions, feeling.emotion);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields in it
    <div className={classes.form} onKeyDown={press}>
      {placings.length > 1 && quadrant ? (
        <SegmentedControl
          size="xs"
          aria-label="Felt in"
          data={placings.map((one) => ({
            value: one.quadrant,
            label: getPlacingName(one.quadrant, one.aspect),
          }))}
          value={quadrant}
          onChange={(value) => {
            const other = placings.find((one) => one.quadrant === value);
            setQuadrant(other?.quadrant);
            if (other) feeling.read(other);
          }}
        />
      ) : null}
      <TextInput
        size="xs"
        label="What they feel, in their words"
        placeholder="fed up"
        maxLength={EMOTION_LENGTH_MAXIMUM}
        value={feeling.emotion}
        onChange={(event) => feeling.setEmotion(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && (event.key !== 'Enter' || event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          goToStrength();
        }}
        autoFocus
      />
      {suggestions.length ? (
        <fieldset className={classes.used} aria-label="Words used before">
          {suggestions.map((word) => (
            <button
              key={word}
              type="button"
              className={classes.chip}
              onClick={() => {
                feeling.setEmotion(word);
                goToStrength();
              }}
            >
              {word}
            </button>
          ))}
        </fieldset>
      ) : null}
      <StrengthChoice
        groupRef={strengthRef}
        value={feeling.intensity}
        quadrant={quadrant}
        onChange={feeling.setIntensity}
      />
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {placing ? 'Enter goes on, then saves.' : 'It will be placed in Feel.'}
        </Text>
        <Button size="xs" onClick={save}>
          Save
        </Button>
      </Group>
    </div>
  );
}
