import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ClaimHit, SearchHit, TagHit } from '@/api';
import { makeAnswer, makeExcerpt } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { Hit } from './Hit';
import { QuickHits } from './QuickHits';

const CLAIM: ClaimHit = {
  id: 'claim',
  section: 'goals',
  persona: { id: 'maya', name: 'Maya Lindqvist', picture_url: null },
  excerpts: 3,
  people: 2,
  is_assumption: false,
};
const TAG: TagHit = {
  id: 'hold',
  path: ['Waiting', 'On hold'],
  colour: '#0369a1',
  excerpts: 5,
  people: 4,
};

function makeHit(changes: Partial<SearchHit>): SearchHit {
  const [hit] = makeAnswer([makeExcerpt()]).hits;
  return { ...hit, excerpt: null, highlights: [], ...changes };
}

const claimHit = (changes: Partial<ClaimHit> = {}) =>
  makeHit({ kind: 'claim', text: 'Never queue again', claim: { ...CLAIM, ...changes } });
const tagHit = makeHit({ kind: 'tag', text: 'Waiting › On hold\nMinutes of music', tag: TAG });

describe('Hits that lead on', () => {
  it('shows whose claim it is and how many support it, and opens it there', async () => {
    const { router } = renderInApp(<Hit hit={claimHit()} peopleTotal={9} />);
    const article = screen.getByRole('article', {
      name: 'Claim about Maya Lindqvist: Never queue again',
    });
    expect(article).toHaveTextContent('2 of 9 people, 3 excerpts');
    article.focus();
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/w/team/personas/maya');
    expect(router.state.location.hash).toBe('#claim-claim');
  });

  it('says that a claim is an assumption', () => {
    renderInApp(<Hit hit={claimHit({ is_assumption: true, excerpts: 0, people: 0 })} />);
    expect(screen.getByText(/Assumption: nobody has been heard/)).toBeVisible();
    expect(screen.queryByText(/0 people/)).toBeNull();
  });

  it('shows the path and the people of a tag, and opens what carries it', () => {
    renderInApp(<Hit hit={tagHit} peopleTotal={9} />);
    expect(screen.getByRole('article', { name: 'Tag: Waiting › On hold' })).toHaveTextContent(
      '5 excerpts from 4 of 9 people',
    );
    expect(screen.getByRole('link')).toHaveAttribute('href', '/w/team/search?tag=hold');
  });

  it('is a word or two while somebody types', () => {
    renderInApp(<QuickHits hits={[tagHit]} peopleTotal={9} />);
    const link = screen.getByRole('link', { name: 'Waiting › On hold 4 of 9 people' });
    expect(link).toHaveAttribute('href', '/w/team/search?tag=hold');
  });
});
