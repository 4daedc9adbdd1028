/** Choosing where excerpts go by typing: a reel or an insight that exists, or a new one. */

import { IconPlus } from '@tabler/icons-react';
import { ErrorNotice, Loading, PickList, type PickOption } from '@/ui';
import classes from './PlacePicker.module.css';

/** A reel or an insight. */
export interface Place {
  id: string;
  name: string;
  /** In a few words, how much is in it. */
  facts: string;
}

interface PlacePickerProps<P extends Place> {
  /** What the field and its list are called. */
  label: string;
  listLabel: string;
  words: string;
  onWords: (words: string) => void;
  /** Those that may be chosen, the likeliest first. */
  places: { data?: readonly P[]; error: unknown; refetch: () => unknown };
  onTake: (place: P) => void;
  /** Makes a new one; what is typed is its name. Left out where none can be made here. */
  creation?: { noun: string; mayBeUnnamed: boolean; onCreate: (name: string) => void };
  /** Said where there is none to choose. */
  empty: string;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Those whose names have all the words, or beginnings of them, in any order. */
export function matchPlaces<P extends Place>(places: readonly P[], typed: string): P[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return places.filter(({ name }) => words.every((word) => fold(name).includes(word)));
}

const toOption = ({ id, name, facts }: Place): PickOption => ({
  key: id,
  content: (
    <span className={classes.place}>
      <span className={classes.name}>{name}</span> <span className={classes.facts}>{facts}</span>
    </span>
  ),
});

const toCreation = (noun: string, name: string): PickOption => ({
  key: 'new',
  content: (
    <>
      <IconPlus size={15} aria-hidden />
      <span className={classes.name}>{name ? `New ${noun} “${name}”` : `New ${noun}`}</span>
    </>
  ),
});

export function PlacePicker<P extends Place>(props: PlacePickerProps<P>) {
  const { label, listLabel, words, onWords, places, onTake, creation, empty } = props;
  if (places.error) {
    return <ErrorNotice error={places.error} onRetry={() => void places.refetch()} />;
  }
  if (!places.data) return <Loading label="Loading what there is" rows={3} rowHeight={44} />;
  const name = words.trim();
  const found = matchPlaces(places.data, name);
  const options = found.map((place) => ({ ...toOption(place), take: () => onTake(place) }));
  if (creation && (name || creation.mayBeUnnamed)) {
    const { noun, onCreate } = creation;
    // What was typed means one of those that exist before it means another.
    const at = name ? options.length : 0;
    options.splice(at, 0, { ...toCreation(noun, name), take: () => onCreate(name) });
  }
  return (
    <PickList
      label={label}
      listLabel={listLabel}
      size="sm"
      query={words}
      onQuery={onWords}
      options={options}
      onTake={(index) => options[index].take()}
      hasAutoFocus
      empty={empty}
    />
  );
}
