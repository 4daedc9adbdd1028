/** The small toolbar at the chosen words: quadrants, persona, tags, key quote. */

import { ActionIcon, Button, Popover, Select, Tooltip } from '@mantine/core';
import {
  IconReplace,
  IconStar,
  IconStarFilled,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { getPlacingName, QUADRANTS } from '@/lib/quadrants';
import { QuadrantIcon } from '@/ui';
import { CorrectWord } from './CorrectWord';
import classes from './MarkToolbar.module.css';
import { useFixEverywhere } from './replace/replacing';
import { useReviewing } from './reviews/reviewing';
import { TagPicker } from './TagPicker';
import { listTextElements, toLiveRange } from './transcriptDom';
import { getRangeText, type WordRange } from './transcriptText';
import type { MarkActions } from './useMarkActions';
import { usePersonas, useTags } from './useSessionData';
import { useWorkbench } from './workbench';

const HEIGHT_PX = 150;
const GAP_PX = 8;
const BOTTOM_ROOM_PX = 90;
/** Words that can be one name. */
const PHRASE_WORDS_MAXIMUM = 6;

interface Place {
  top: number;
  left: number;
}

/** Below the last chosen word, or above the first where the window ends; moves with the text. */
function usePlace(container: RefObject<HTMLElement | null>, range: WordRange | null): Place | null {
  const { text } = useWorkbench();
  const [place, setPlace] = useState<Place | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      if (!container.current || !range) return setPlace(null);
      const elements = listTextElements(container.current);
      const boxes = toLiveRange(elements, text, range)?.getClientRects();
      if (!boxes?.length) return setPlace(null);
      const frame = container.current.getBoundingClientRect();
      const [first, last] = [boxes[0], boxes[boxes.length - 1]];
      const hasRoom = last.bottom + GAP_PX + HEIGHT_PX < window.innerHeight - BOTTOM_ROOM_PX;
      const above = first.top - frame.top - HEIGHT_PX - GAP_PX;
      const top = hasRoom || above < 0 ? last.bottom - frame.top + GAP_PX : above;
      const left = Math.max(0, Math.min(last.left - frame.left, frame.width - 480));
      setPlace({ top, left });
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [container, range, text]);
  return place;
}

/** The form that stands open below the toolbar. */
export type ToolbarForm = 'tags' | 'correction' | null;

interface MarkToolbarProps {
  containerRef: RefObject<HTMLElement | null>;
  /** The words it stands at. */
  range: WordRange | null;
  actions: MarkActions;
  open: ToolbarForm;
  onOpen: (form: ToolbarForm) => void;
  onClose: () => void;
}

function QuadrantButtons({ actions }: { actions: MarkActions }) {
  return (
    <div className={classes.quadrants}>
      {QUADRANTS.map(({ id, name, key }) => {
        const placing = actions.excerpt?.placings.find((one) => one.quadrant === id);
        return (
          <button
            key={id}
            type="button"
            className={classes.quadrant}
            aria-pressed={placing !== undefined}
            aria-keyshortcuts={key}
            style={
              placing
                ? {
                    background: `var(--quadrant-${id}-tint)`,
                    color: `var(--quadrant-${id}-ink)`,
                    borderColor: `var(--quadrant-${id})`,
                  }
                : undefined
            }
            onClick={() => actions.place(id)}
          >
            <QuadrantIcon quadrant={id} size={17} />
            <span className={classes.word}>
              {placing ? getPlacingName(id, placing.aspect) : name}
            </span>
            <kbd className={classes.key}>{key}</kbd>
          </button>
        );
      })}
    </div>
  );
}

function PersonaSelect({ actions }: { actions: MarkActions }) {
  const personas = usePersonas();
  const { personaId, isProposed } = actions.persona;
  return (
    <Select
      size="xs"
      className={classes.persona}
      aria-label="Persona"
      placeholder="No persona"
      clearable
      data={personas.map(({ id, name }) => ({ value: id, label: name }))}
      value={personaId}
      onChange={actions.setPersona}
      title={isProposed && personaId ? 'Proposed: the persona of whoever speaks here' : undefined}
    />
  );
}

function TagButton({ actions, open, onOpen }: MarkToolbarProps) {
  const tags = useTags();
  const chosen = actions.excerpt?.tags ?? [];
  const isOpen = open === 'tags';
  return (
    <Popover
      opened={isOpen}
      onChange={(isStillOpen) => onOpen(isStillOpen ? 'tags' : null)}
      width={270}
      position="bottom-start"
      shadow="md"
      returnFocus
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTag size={14} aria-hidden />}
          rightSection={<kbd className={classes.key}>t</kbd>}
          onClick={() => onOpen(isOpen ? null : 'tags')}
          aria-keyshortcuts="t"
          aria-expanded={isOpen}
        >
          {chosen.length ? `Tags (${chosen.length})` : 'Tags'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <TagPicker
          tags={tags}
          chosen={chosen}
          onChange={actions.setTags}
          onClose={() => onOpen(null)}
          hasAutoFocus
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function EndButtons({ actions, onClose }: { actions: MarkActions; onClose: () => void }) {
  const isKeyQuote = actions.excerpt?.is_key_quote ?? false;
  const StarIcon = isKeyQuote ? IconStarFilled : IconStar;
  return (
    <div className={classes.end}>
      <Tooltip label={isKeyQuote ? 'A key quote (k)' : 'Make it a key quote (k)'}>
        <ActionIcon
          variant="subtle"
          aria-label="Key quote"
          aria-pressed={isKeyQuote}
          onClick={() => actions.setKeyQuote(!isKeyQuote)}
        >
          <StarIcon size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {actions.excerpt ? (
        <Tooltip label="Delete the excerpt (Delete)">
          <ActionIcon variant="subtle" aria-label="Delete the excerpt" onClick={actions.remove}>
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <Tooltip label="Close (Escape)">
        <ActionIcon variant="subtle" aria-label="Close the toolbar" onClick={onClose}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** More than one word, and not a whole passage. */
function isPhrase({ first, last }: WordRange): boolean {
  return last > first && last - first < PHRASE_WORDS_MAXIMUM;
}

/** A name that was heard as several words. */
function FixPhrase({ range }: { range: WordRange }) {
  const { text } = useWorkbench();
  const fixEverywhere = useFixEverywhere();
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconReplace size={14} aria-hidden />}
      aria-label="Fix these words everywhere"
      onClick={() => fixEverywhere({ find: getRangeText(text, range), replace: '' })}
    >
      Fix…
    </Button>
  );
}

export function MarkToolbar(props: MarkToolbarProps) {
  const { containerRef, range, actions, open, onOpen, onClose } = props;
  const place = usePlace(containerRef, range);
  const { current: review } = useReviewing();
  // In the review, words are chosen to say where an excerpt belongs.
  if (!range || !place || review) return null;
  return (
    <div
      role="toolbar"
      aria-label={actions.excerpt ? 'This excerpt' : 'The chosen words'}
      className={classes.toolbar}
      style={place}
    >
      <QuadrantButtons actions={actions} />
      <div className={classes.line}>
        <PersonaSelect actions={actions} />
        <TagButton {...props} />
        {actions.range && range.first === range.last ? (
          <CorrectWord
            word={range.first}
            isOpen={open === 'correction'}
            onOpen={(isOpen) => onOpen(isOpen ? 'correction' : null)}
          />
        ) : null}
        {actions.range && isPhrase(actions.range) ? <FixPhrase range={actions.range} /> : null}
        <EndButtons actions={actions} onClose={onClose} />
      </div>
    </div>
  );
}
