/** Who says the second part of a passage that is split. */

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { getSpeakerColour } from '../speakers/speakers';
import { useWorkbench } from '../workbench';
import { listOffsets } from './cuts';
import classes from './Editing.module.css';
import { splitWords } from './mergeTexts';
import { useOpenPassage } from './textEditing';

interface SplitChooserProps {
  /** Who says the passage now. */
  speakerId: string | null;
  /** Where it is cut, in the tidied text. */
  offset: number;
  onSplit: (speakerId: string | null | undefined) => void;
  onClose: () => void;
}

function describeCut(text: string, offset: number): string {
  const words = splitWords(text);
  const offsets = listOffsets(words);
  const at = words.findIndex((word, index) => offsets[index] + word.length > offset);
  return at > 0 ? words.slice(at, at + 3).join(' ') : '';
}

export function SplitChooser({ speakerId, offset, onSplit, onClose }: SplitChooserProps) {
  const { source, faces } = useWorkbench();
  const open = useOpenPassage();
  const firstRef = useRef<HTMLButtonElement>(null);
  useEffect(() => firstRef.current?.focus({ preventScroll: true }), []);
  const next = describeCut(open?.text ?? '', offset);
  const press = (event: KeyboardEvent) => {
    // The keys of the page are not meant while somebody chooses here.
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    else {
      const speaker = /^[1-9]$/.test(event.key) ? source.speakers[Number(event.key) - 1] : null;
      if (!speaker) return;
      onSplit(speaker.id);
    }
    event.preventDefault();
  };
  if (!next) {
    return (
      <div className={classes.tools} role="alert" onKeyDown={press}>
        <span className={classes.hint}>Put the caret between two words to split there.</span>
        <button ref={firstRef} type="button" className={classes.voice} onClick={onClose}>
          Back to the text
        </button>
      </div>
    );
  }
  const others = source.speakers.filter(({ id }) => id !== speakerId);
  const own = source.speakers.find(({ id }) => id === speakerId);
  const nameOf = (id: string, label: string) => faces.get(id)?.name ?? label;
  const numberOf = (id: string) => source.speakers.findIndex((one) => one.id === id) + 1;
  return (
    <fieldset
      className={`${classes.tools} ${classes.chooser}`}
      aria-label="Who says the second part?"
      onKeyDown={press}
    >
      <span className={classes.hint}>“{next}…” is said by</span>
      <button
        ref={firstRef}
        type="button"
        className={classes.voice}
        onClick={() => onSplit(undefined)}
      >
        {own ? nameOf(own.id, own.label) : 'the same voice'}{' '}
        <kbd className={classes.key}>Enter</kbd>
      </button>
      {others.map(({ id, label }) => (
        <button key={id} type="button" className={classes.voice} onClick={() => onSplit(id)}>
          <span
            className={classes.dot}
            aria-hidden
            style={{ background: getSpeakerColour(faces.get(id)?.number) }}
          />
          {nameOf(id, label)}
          {numberOf(id) < 10 ? <kbd className={classes.key}>{numberOf(id)}</kbd> : null}
        </button>
      ))}
      <button type="button" className={classes.voice} onClick={onClose}>
        Back <kbd className={classes.key}>Esc</kbd>
      </button>
    </fieldset>
  );
}
