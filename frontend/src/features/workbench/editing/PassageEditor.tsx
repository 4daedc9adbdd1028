/** A passage as a field in its place: its speaker and time beside it, what can be done below it. */

import { Button } from '@mantine/core';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { usePlayer } from '@/app/player';
import { formatDuration } from '@/lib/time';
import transcriptClasses from '../Transcript.module.css';
import { hasText, type TextSegment } from '../transcriptText';
import { useWorkbench } from '../workbench';
import { findGivenWords, tidyOffset } from './cuts';
import classes from './Editing.module.css';
import { splitWords } from './mergeTexts';
import { SplitChooser } from './SplitChooser';
import { useOpenPassage, useTextTools } from './textEditing';

interface PassageEditorProps {
  index: number;
  segment: TextSegment;
  speaker: ReactNode;
}

/** The field is as high as its text. */
function useFittingHeight(text: string) {
  const ref = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field) return;
    field.style.height = '0';
    field.style.height = `${field.scrollHeight}px`;
  }, [text]);
  return ref;
}

function usePlayPassage({ startMs, endMs }: TextSegment) {
  const { playFrom } = useWorkbench();
  const { isPlaying, pause } = usePlayer();
  return () => {
    if (isPlaying) pause();
    else if (startMs !== null) playFrom(startMs, endMs ?? undefined);
  };
}

/** What the words at the caret, or the chosen ones, can be given to. */
function useGiving(index: number) {
  const { text, faces } = useWorkbench();
  const open = useOpenPassage();
  const tools = useTextTools();
  if (!open) return [];
  const words = splitWords(open.text);
  const selection = {
    start: tidyOffset(open.text, open.selection.start),
    end: tidyOffset(open.text, open.selection.end),
  };
  const { toPrevious, toNext } = findGivenWords(words, selection);
  const nameOf = (step: 1 | -1) => {
    const beside = text.segments[index + step];
    if (!beside || !hasText(beside)) return null;
    const name = beside.speakerId ? faces.get(beside.speakerId)?.name : undefined;
    return name ?? (step === 1 ? 'the next passage' : 'the passage before');
  };
  const [before, after] = [nameOf(-1), nameOf(1)];
  return [
    before !== null && toPrevious > 0
      ? {
          key: 'Alt ↑',
          label: `↑ Give “${shorten(words.slice(0, toPrevious))}” to ${before}`,
          give: () => void tools.giveToPrevious(toPrevious),
        }
      : null,
    after !== null && toNext < words.length
      ? {
          key: 'Alt ↓',
          label: `↓ Give “${shorten(words.slice(toNext))}” to ${after}`,
          give: () => void tools.giveToNext(toNext),
        }
      : null,
  ];
}

const SHOWN_WORDS = 4;

function shorten(words: readonly string[]): string {
  if (words.length <= SHOWN_WORDS) return words.join(' ');
  return `${words.slice(0, 2).join(' ')} … ${words.at(-1)}`;
}

export function PassageEditor({ index, segment, speaker }: PassageEditorProps) {
  const open = useOpenPassage();
  const tools = useTextTools();
  const [isSplitting, setIsSplitting] = useState(false);
  const frameRef = useRef<HTMLDivElement>(null);
  const typed = open?.text ?? '';
  const fieldRef = useFittingHeight(typed);
  const playPassage = usePlayPassage(segment);
  const [before, after] = useGiving(index);
  const firstSelection = useRef(open?.selection);
  useLayoutEffect(() => {
    const field = fieldRef.current;
    const { start, end } = firstSelection.current ?? { start: 0, end: 0 };
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(start, end);
    const box = frameRef.current?.getBoundingClientRect();
    if (box && (box.top < 120 || box.bottom > window.innerHeight - 60)) {
      frameRef.current?.scrollIntoView({ block: 'center' });
    }
  }, [fieldRef]);
  if (!open) return null;

  const note = () => {
    const field = fieldRef.current;
    if (field) tools.type(field.value, { start: field.selectionStart, end: field.selectionEnd });
  };
  const backToField = () => {
    setIsSplitting(false);
    fieldRef.current?.focus({ preventScroll: true });
  };
  const handle = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, currentTarget: field } = event;
    const isControl = ctrlKey || metaKey;
    const isCaret = field.selectionStart === field.selectionEnd;
    // Enter may choose a word of an input method.
    if (event.nativeEvent.isComposing) return false;
    if (key === 'Enter' && isControl) setIsSplitting(true);
    else if (key === 'Enter' && !shiftKey && !altKey) void tools.save();
    else if (key === 'Escape') tools.leave();
    else if (key === ' ' && isControl) playPassage();
    else if (key === 'ArrowUp' && altKey && before) before.give();
    else if (key === 'ArrowDown' && altKey && after) after.give();
    else if (key === 'Backspace' && isCaret && field.selectionStart === 0 && index > 0) {
      void tools.joinWithPrevious();
    } else if (key === 'Delete' && isCaret && field.selectionStart === field.value.length) {
      void tools.joinWithNext();
    } else return false;
    return true;
  };
  const leaveFocus = (event: FocusEvent) => {
    if (frameRef.current?.contains(event.relatedTarget as Node)) return;
    // Another window may come to the front: then nothing was decided.
    if (document.hasFocus()) void tools.save();
  };
  const offset = tidyOffset(open.text, open.selection.start);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave
    <div
      ref={frameRef}
      className={`${transcriptClasses.row} ${classes.row}`}
      data-begins-turn={speaker !== null || undefined}
      data-is-editing
      onBlur={leaveFocus}
    >
      <div className={transcriptClasses.margin}>
        {speaker}
        {segment.startMs === null ? null : (
          <button
            type="button"
            className={`${transcriptClasses.time} ${classes.time}`}
            onClick={playPassage}
            aria-label={`Play the passage from ${formatDuration(segment.startMs)}`}
          >
            {formatDuration(segment.startMs)}
          </button>
        )}
      </div>
      <div className={classes.body}>
        <div data-segment={index} className={classes.holder}>
          <span className="only-for-screen-readers" />
          <textarea
            ref={fieldRef}
            className={classes.field}
            aria-label="Text of the passage"
            aria-describedby="passage-keys"
            rows={1}
            dir="auto"
            spellCheck
            value={open.text}
            onChange={note}
            onSelect={note}
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (handle(event)) event.preventDefault();
            }}
          />
        </div>
        {isSplitting ? (
          <SplitChooser
            speakerId={segment.speakerId}
            offset={offset}
            onClose={backToField}
            onSplit={(speakerId) => void tools.split(offset, speakerId)}
          />
        ) : (
          <div className={classes.toolLines} role="toolbar" aria-label="This passage">
            <div className={classes.tools}>
              <Button size="compact-xs" onClick={() => void tools.save()}>
                Save <kbd className={classes.key}>Enter</kbd>
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => setIsSplitting(true)}>
                Split <kbd className={classes.key}>Ctrl Enter</kbd>
              </Button>
              {segment.startMs === null ? null : (
                <Button size="compact-xs" variant="default" onClick={playPassage}>
                  Play <kbd className={classes.key}>Ctrl Space</kbd>
                </Button>
              )}
              <Button size="compact-xs" variant="default" onClick={() => void tools.remove()}>
                Delete
              </Button>
              <Button size="compact-xs" variant="subtle" onClick={tools.leave}>
                Leave <kbd className={classes.key}>Esc</kbd>
              </Button>
            </div>
            <div className={classes.tools} data-is-second>
              {[before, after].map((one) =>
                one ? (
                  <Button key={one.key} size="compact-xs" variant="default" onClick={one.give}>
                    {one.label} <kbd className={classes.key}>{one.key}</kbd>
                  </Button>
                ) : null,
              )}
              {index > 0 && open.selection.end === 0 ? (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void tools.joinWithPrevious()}
                >
                  Join with the one before <kbd className={classes.key}>⌫</kbd>
                </Button>
              ) : null}
            </div>
          </div>
        )}
        <span id="passage-keys" className="only-for-screen-readers">
          Enter saves, Escape leaves without saving, Control Enter splits at the caret, Backspace at
          the start joins with the passage before, Control Space plays the passage.
        </span>
      </div>
      <div className={transcriptClasses.stripes} />
    </div>
  );
}
