/** The list of keys that work on this page, opened with `?`. */

import { Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useState, useSyncExternalStore } from 'react';

export interface KeyHint {
  keys: string[];
  does: string;
  /** What it belongs to, such as "Listening"; those without one come first. */
  group?: string;
}

const EVERYWHERE: KeyHint[] = [
  { keys: ['/', 'Ctrl K'], does: 'Go to a page, study or persona, or search the evidence' },
  { keys: ['?'], does: 'Show these keys' },
];

let pageHints: KeyHint[] = [];
let isAsked = false;
const listeners = new Set<() => void>();

function change(hints: KeyHint[], asked: boolean) {
  pageHints = hints;
  isAsked = asked;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Adds a page's keys to the list for as long as the page is shown; `hints` is a constant. */
export function useKeysHelp(hints: KeyHint[]): void {
  useEffect(() => {
    change(hints, false);
    return () => change([], false);
  }, [hints]);
}

export function openKeysHelp(): void {
  change(pageHints, true);
}

function HintTable({ caption, hints }: { caption: string; hints: KeyHint[] }) {
  return (
    <Table mb="md">
      <Table.Caption style={{ captionSide: 'top', textAlign: 'left' }}>{caption}</Table.Caption>
      <Table.Tbody>
        {hints.map((hint) => (
          <Table.Tr key={hint.does}>
            <Table.Td w={180}>
              {hint.keys.map((key) => (
                <Kbd key={key} mr={4}>
                  {key}
                </Kbd>
              ))}
            </Table.Td>
            <Table.Td>{hint.does}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The hints of each group, in the order in which groups first appear. */
function groupHints(hints: readonly KeyHint[]): [caption: string, hints: KeyHint[]][] {
  const groups = new Map<string, KeyHint[]>();
  for (const hint of hints) {
    const caption = hint.group ?? 'On this page';
    groups.set(caption, [...(groups.get(caption) ?? []), hint]);
  }
  return [...groups];
}

export function KeysHelp() {
  const [hints, setHints] = useState<KeyHint[]>([]);
  const isOpen = useSyncExternalStore(subscribe, () => isAsked);
  useHotkeys([['shift+?', openKeysHelp]]);
  useEffect(() => {
    if (isOpen) setHints(pageHints);
  }, [isOpen]);
  return (
    <Modal opened={isOpen} onClose={() => change(pageHints, false)} title="Keys" size="lg">
      {groupHints(hints).map(([caption, some]) => (
        <HintTable key={caption} caption={caption} hints={some} />
      ))}
      <HintTable caption="Everywhere" hints={EVERYWHERE} />
    </Modal>
  );
}
