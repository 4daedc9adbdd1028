/** What the address of the stream says: which memos are shown. */

import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MemoFilters, MemoSubjectKind } from '@/api';
import { SUBJECT_KINDS } from './subjects';

const TYPING_PAUSE_MS = 200;
const NAMES = ['q', 'study', 'author', 'about', 'mentions'] as const;
type Name = (typeof NAMES)[number];

export function useStreamAddress() {
  const [address, setAddress] = useSearchParams();
  const words = address.get('q') ?? '';
  const [typed, setTyped] = useState(words);
  const lastWritten = useRef(words);
  const set = (name: Name, value: string) => {
    setAddress(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  };
  const writeWords = useDebouncedCallback((value: string) => {
    lastWritten.current = value;
    set('q', value);
  }, TYPING_PAUSE_MS);
  useEffect(() => {
    if (words === lastWritten.current) return;
    lastWritten.current = words;
    setTyped(words);
  }, [words]);
  const about = address.get('about') ?? '';
  const filters: MemoFilters = {
    q: words.trim() || undefined,
    study: address.get('study') || undefined,
    author: address.get('author') || undefined,
    subject_kind: about in SUBJECT_KINDS ? (about as MemoSubjectKind) : undefined,
    mentions: address.get('mentions') === 'me' ? 'me' : undefined,
  };
  return {
    /** One memo that a link leads to, instead of the stream. */
    memoId: address.get('memo') ?? '',
    filters,
    isFiltered: Object.values(filters).some(Boolean),
    typed,
    type: (value: string) => {
      setTyped(value);
      writeWords(value);
    },
    set,
    clear: () => {
      writeWords.cancel();
      lastWritten.current = '';
      setTyped('');
      setAddress({}, { replace: true });
    },
  };
}

export type StreamAddress = ReturnType<typeof useStreamAddress>;
