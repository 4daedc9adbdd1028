/** Which words were searched besides, because they mean the same, and the way back to fewer. */

import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { AlsoSearched as Also } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { quoteWords } from './quoteWords';
import type { SearchState } from './searchState';

interface AlsoSearchedProps {
  also: readonly Also[];
  state: SearchState;
  onChange: (state: SearchState) => void;
}

export function AlsoSearched({ also, state, onChange }: AlsoSearchedProps) {
  const { id, permissions } = useWorkspace();
  if (also.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" component="div">
      {also.map(({ typed, words }) => (
        <div key={typed}>
          Also searched: {words.join(', ')}.{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => onChange({ ...state, words: quoteWords(state.words, typed) })}
          >
            Only “{typed}”
          </Anchor>
          {permissions.may_edit_research ? (
            <>
              {' · '}
              <Anchor
                component={Link}
                to={`${paths.settings(id)}#synonyms`}
                size="sm"
                underline="always"
              >
                Change
              </Anchor>
            </>
          ) : null}
        </div>
      ))}
    </Text>
  );
}
