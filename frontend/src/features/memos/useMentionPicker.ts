/** The list of people that opens after an @, moved through and chosen from by keys. */

import { type KeyboardEvent, useId, useState } from 'react';
import { findMentionQuery, insertMention, matchPeople, type Person } from './mentions';

const SHOWN_MAXIMUM = 6;

interface Options {
  people: readonly Person[];
  text: string;
  /** Puts the text in place and the caret where it belongs. */
  onInsert: (text: string, caret: number) => void;
}

export function useMentionPicker({ people, text, onInsert }: Options) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [step, setStep] = useState(0);
  /** The @ whose list was closed without choosing. */
  const [closedAt, setClosedAt] = useState(-1);
  const query = findMentionQuery(text, caret);
  const found = query && query.start !== closedAt ? matchPeople(people, query.words) : [];
  const choices = found.slice(0, SHOWN_MAXIMUM);
  const isOpen = choices.length > 0;
  const index = Math.min(step, choices.length - 1);
  const choose = (person: Person) => {
    if (!query) return;
    const next = insertMention(text, query, caret, person.name);
    // The name is whole now: no list for what follows it.
    setClosedAt(query.start);
    setCaret(next.caret);
    setStep(0);
    onInsert(next.text, next.caret);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    if (event.key === 'ArrowDown') setStep((index + 1) % choices.length);
    else if (event.key === 'ArrowUp') setStep((index - 1 + choices.length) % choices.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(choices[index]);
    else if (event.key === 'Escape') setClosedAt(query?.start ?? -1);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const follow = (nextText: string, nextCaret: number) => {
    const next = findMentionQuery(nextText, nextCaret);
    if (next?.start !== query?.start) setStep(0);
    if (next === null) setClosedAt(-1);
    setCaret(nextCaret);
  };
  return {
    isOpen,
    choices,
    index,
    listId,
    optionId: (person: Person) => `${listId}-${person.user_id}`,
    choose,
    onKeyDown,
    follow,
  };
}
