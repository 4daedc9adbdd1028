/** The list of keys that work on this page, opened with `?`. */

import { Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useState, useSyncExternalStore } from 'react';

export interface KeyHint {
  keys: string[];
  does: string;
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

export function KeysHelp() {
  const [hints, setHints] = useState<KeyHint[]>([]);
  const isOpen = useSyncExternalStore(subscribe, () => isAsked);
  useHotkeys([['shift+?', openKeysHelp]]);
  useEffect(() => {
    if (isOpen) setHints(pageHints);
  }, [isOpen]);
  return (
    <Modal opened={isOpen} onClose={() => change(pageHints, false)} title="Keys" size="lg">
      {hints.length ? <HintTable caption="On this page" hints={hints} /> : null}
      <HintTable caption="Everywhere" hints={EVERYWHERE} />
    </Modal>
  );
}
