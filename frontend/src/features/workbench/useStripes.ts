/** The stripes beside the text: the same as long as nothing changes, the active one set apart. */

import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { getStripes, keepSameStripes, type Mark, type Stripe } from './marks';
import type { TranscriptText } from './transcriptText';

type StripeMap = ReadonlyMap<number, readonly Stripe[]>;

/** Stripes by segment; those of a segment keep their identity until one of them changes. */
export function useStripes(text: TranscriptText, marks: readonly Mark[]): StripeMap {
  const known = useRef<StripeMap>(new Map());
  return useMemo(() => {
    known.current = keepSameStripes(known.current, getStripes(text, marks));
    return known.current;
  }, [text, marks]);
}

/** Sets the active excerpt's stripes apart, without rendering a row. */
export function useActiveStripe(
  container: RefObject<HTMLElement | null>,
  activeId: string | undefined,
  stripes: StripeMap,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: new stripes have to be set apart too
  useEffect(() => {
    if (!activeId || !container.current) return;
    const own = container.current.querySelectorAll(`[data-stripe="${CSS.escape(activeId)}"]`);
    for (const stripe of own) stripe.setAttribute('data-is-active', '');
    return () => {
      for (const stripe of own) stripe.removeAttribute('data-is-active');
    };
  }, [container, activeId, stripes]);
}
