/** A list of excerpts. */

import type { ReactNode } from 'react';
import type { Excerpt } from '@/api';
import classes from './EvidenceList.module.css';
import { ExcerptCard } from './ExcerptCard';
import type { ExcerptSelection } from './useExcerptSelection';

interface EvidenceListProps {
  excerpts: readonly Excerpt[];
  /** Names the list for people who can't see the page. */
  label: string;
  selection?: ExcerptSelection;
  /** What to mark in each: half-open ranges of code points. */
  getHighlights?: (excerpt: Excerpt) => readonly (readonly [number, number])[] | undefined;
  renderActions?: (excerpt: Excerpt) => ReactNode;
  isCompact?: boolean;
}

export function EvidenceList(props: EvidenceListProps) {
  const { excerpts, label, selection, getHighlights, renderActions, isCompact } = props;
  return (
    <ul className={classes.list} aria-label={label}>
      {excerpts.map((excerpt) => (
        <li key={excerpt.id}>
          <ExcerptCard
            excerpt={excerpt}
            isCompact={isCompact}
            highlights={getHighlights?.(excerpt)}
            actions={renderActions?.(excerpt)}
            selection={
              selection && {
                isSelected: selection.has(excerpt.id),
                onToggle: (isRange) =>
                  isRange ? selection.toggleTo(excerpt, excerpts) : selection.toggle(excerpt),
              }
            }
          />
        </li>
      ))}
    </ul>
  );
}
