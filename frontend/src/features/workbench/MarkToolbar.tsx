/** The small toolbar at the chosen words: all that marking can do, for mouse and touch too. */

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconMoodSmile,
  IconNote,
  IconReplace,
  IconStar,
  IconStarFilled,
  IconTag,
  IconTrash,
  IconUser,
  IconX,
} from '@tabler/icons-react';
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useMemoCounts } from '@/features/memos';
import { getPlacingName, QUADRANTS } from '@/lib/quadrants';
import { formatStrength } from '@/lib/strengths';
import { QuadrantIcon } from '@/ui';
import { EditWords } from './editing/EditWords';
import { type ToolbarForm, ToolbarFormBody } from './forms/ToolbarForms';
import classes from './MarkToolbar.module.css';
import { useFixEverywhere } from './replace/replacing';
import { useReviewing } from './reviews/reviewing';
import { listTextElements, toLiveRange } from './transcriptDom';
import { getRangeText, type WordRange } from './transcriptText';
import type { MarkActions, RangeEnd } from './useMarkActions';
import { usePersonas } from './useSessionData';
import { useWorkbench } from './workbench';

export type { ToolbarForm };

const HEIGHT_PX = 190;
const WIDTH_PX = 540;
const GAP_PX = 8;
const BOTTOM_ROOM_PX = 90;
/** What the recording's controls take at the top of a small window. */
const TOP_ROOM_PX = 140;
/** Words that can be one name. */
const PHRASE_WORDS_MAXIMUM = 6;

type Place = Pick<CSSProperties, 'top' | 'bottom' | 'left'>;

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
      const isBelow = hasRoom || first.top - frame.top < HEIGHT_PX + GAP_PX;
      const left = Math.max(0, Math.min(last.left - frame.left, frame.width - WIDTH_PX));
      if (isBelow) setPlace({ top: last.bottom - frame.top + GAP_PX, left });
      // What opens in it then grows upwards.
      else setPlace({ bottom: frame.bottom - first.top + GAP_PX, left });
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [container, range, text]);
  return place;
}

interface MarkToolbarProps {
  containerRef: RefObject<HTMLElement | null>;
  /** The words it stands at. */
  range: WordRange | null;
  actions: MarkActions;
  /** The form that stands open in it. */
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

interface FormButtonProps extends Pick<MarkToolbarProps, 'open' | 'onOpen'> {
  form: Exclude<ToolbarForm, null>;
  shortcut: string;
  icon: ReactNode;
  /** What the button is for, where it shows what was chosen. */
  name?: string;
  title?: string;
  children: ReactNode;
}

function FormButton({
  form,
  shortcut,
  icon,
  name,
  title,
  open,
  onOpen,
  children,
}: FormButtonProps) {
  const isOpen = open === form;
  return (
    <Button
      size="xs"
      px={8}
      variant={isOpen ? 'light' : 'default'}
      className={classes.form}
      leftSection={icon}
      rightSection={
        <kbd className={classes.key} aria-hidden>
          {shortcut}
        </kbd>
      }
      aria-keyshortcuts={shortcut}
      aria-expanded={isOpen}
      title={title}
      onClick={() => onOpen(isOpen ? null : form)}
    >
      {name ? <span className="only-for-screen-readers">{name}: </span> : null}
      {children}
    </Button>
  );
}

function describeFeeling({ excerpt }: MarkActions): string {
  const felt = excerpt?.placings.find(({ emotion, intensity }) => emotion || intensity !== null);
  if (!felt) return 'Emotion';
  const strength = felt.intensity === null ? '' : formatStrength(felt.intensity);
  return [felt.emotion, strength].filter(Boolean).join(' ');
}

function FormButtons({ actions, ...form }: MarkToolbarProps) {
  const personas = usePersonas();
  const { personaId, proposed } = actions.persona;
  const persona = personas.find(({ id }) => id === personaId)?.name;
  const feeling = describeFeeling(actions);
  const count = actions.excerpt?.tags.length ?? 0;
  const { session } = useWorkbench();
  const memoCount = useMemoCounts(session.id).excerpts[actions.excerpt?.id ?? ''] ?? 0;
  return (
    <>
      <FormButton
        {...form}
        form="persona"
        shortcut="p"
        icon={<IconUser size={14} aria-hidden />}
        name="Persona"
        title={
          persona && personaId === proposed
            ? 'Proposed: the persona of whoever speaks here'
            : undefined
        }
      >
        {persona ?? 'No persona'}
      </FormButton>
      <FormButton {...form} form="tags" shortcut="t" icon={<IconTag size={14} aria-hidden />}>
        {count ? `Tags (${count})` : 'Tags'}
      </FormButton>
      <FormButton
        {...form}
        form="emotion"
        shortcut="e"
        icon={<IconMoodSmile size={14} aria-hidden />}
        name={feeling === 'Emotion' ? undefined : 'Emotion'}
      >
        {feeling}
      </FormButton>
      <FormButton {...form} form="memo" shortcut="m" icon={<IconNote size={14} aria-hidden />}>
        {memoCount ? `Memos (${memoCount})` : 'Memo'}
      </FormButton>
    </>
  );
}

function EndSteps({ actions, end }: { actions: MarkActions; end: RangeEnd }) {
  const [name, back, on] = end === 'first' ? ['Start', '[', ']'] : ['End', '{', '}'];
  return (
    <fieldset className={classes.steps} aria-label={`${name} of the words`}>
      <span aria-hidden>{name}</span>
      <ActionIcon
        size="sm"
        variant="subtle"
        aria-label={`${name} a word back`}
        aria-keyshortcuts={back}
        title={`A word back (${back})`}
        onClick={() => actions.moveEnd(end, -1)}
      >
        <IconChevronLeft size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size="sm"
        variant="subtle"
        aria-label={`${name} a word on`}
        aria-keyshortcuts={on}
        title={`A word on (${on})`}
        onClick={() => actions.moveEnd(end, 1)}
      >
        <IconChevronRight size={15} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
}

function OverlapSteps({ actions }: { actions: MarkActions }) {
  const { position, count } = actions.overlap;
  if (!actions.excerpt || count < 2) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      aria-keyshortcuts="o"
      title="The next excerpt over these words (o)"
      onClick={() => actions.cycle(1)}
      rightSection={
        <kbd className={classes.key} aria-hidden>
          o
        </kbd>
      }
    >
      {position} of {count} here
    </Button>
  );
}

function EndButtons({ actions, onClose }: { actions: MarkActions; onClose: () => void }) {
  const isKeyQuote = actions.excerpt?.is_key_quote ?? false;
  const StarIcon = isKeyQuote ? IconStarFilled : IconStar;
  return (
    <div className={classes.signs}>
      <Tooltip label={isKeyQuote ? 'A key quote (*)' : 'Make it a key quote (*)'}>
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

/** A word or a few, and not a whole passage. */
function isPhrase({ first, last }: WordRange): boolean {
  return last - first < PHRASE_WORDS_MAXIMUM;
}

/** A name that was misheard, as one word or as several. */
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

/** An open form comes into sight whole; a closed one gives the keyboard back to the text. */
function useFormFocus({ open, containerRef }: MarkToolbarProps) {
  const toolbarRef = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (open) toolbarRef.current?.scrollIntoView({ block: 'nearest' });
    else if (wasOpen.current) containerRef.current?.focus({ preventScroll: true });
    wasOpen.current = open !== null;
  }, [open, containerRef]);
  return toolbarRef;
}

/** Where the toolbar is a sheet at the bottom, the words it is about are moved out from under it. */
function useWordsAboveSheet(
  { containerRef, range }: MarkToolbarProps,
  toolbarRef: RefObject<HTMLElement | null>,
  isShown: boolean,
) {
  const { text } = useWorkbench();
  const [first, last] = [range?.first ?? -1, range?.last ?? -1];
  useEffect(() => {
    const toolbar = toolbarRef.current;
    if (!isShown || first === -1 || !toolbar || !containerRef.current) return;
    if (getComputedStyle(toolbar).position !== 'fixed') return;
    const elements = listTextElements(containerRef.current);
    const words = toLiveRange(elements, text, { first, last })?.getBoundingClientRect();
    if (!words) return;
    const hidden = words.bottom + GAP_PX - toolbar.getBoundingClientRect().top;
    // As far as their beginning stays in sight.
    window.scrollBy(0, Math.max(0, Math.min(hidden, words.top - TOP_ROOM_PX)));
  }, [containerRef, toolbarRef, text, first, last, isShown]);
}

export function MarkToolbar(props: MarkToolbarProps) {
  const { containerRef, range, actions, open, onOpen, onClose } = props;
  const place = usePlace(containerRef, range);
  const toolbarRef = useFormFocus(props);
  const { current: review } = useReviewing();
  useWordsAboveSheet(props, toolbarRef, place !== null && !review);
  // In the review, words are chosen to say where an excerpt belongs.
  if (!range || !place || review) return null;
  return (
    <div
      ref={toolbarRef}
      role="toolbar"
      aria-label={actions.excerpt ? 'This excerpt' : 'The chosen words'}
      className={classes.toolbar}
      data-has-form={open !== null || undefined}
      style={place}
    >
      <QuadrantButtons actions={actions} />
      <div className={classes.line}>
        <FormButtons {...props} />
      </div>
      <div className={classes.line}>
        <EndSteps actions={actions} end="first" />
        <EndSteps actions={actions} end="last" />
        <OverlapSteps actions={actions} />
        <div className={classes.end}>
          <EditWords range={range} />
          {actions.range && isPhrase(actions.range) ? <FixPhrase range={actions.range} /> : null}
          <EndButtons actions={actions} onClose={onClose} />
        </div>
      </div>
      <ToolbarFormBody form={open} actions={actions} onClose={() => onOpen(null)} />
    </div>
  );
}
