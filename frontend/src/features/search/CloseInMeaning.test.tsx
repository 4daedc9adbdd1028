import { useIsFetching } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useKeptSelection } from '@/features/evidence';
import { makeExcerpt } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { CloseInMeaning } from './CloseInMeaning';
import { readSearchState } from './searchState';

const LINE = makeExcerpt({ id: 'line', text: 'We stood in line.' });
const FOUND = {
  is_available: true,
  results: [{ excerpt: LINE, score: 0.8, why: 'meaning', highlights: [] }],
};

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Answers, and tells what was asked. */
function answer(found: object): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/workspaces/team/search/meaning', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json(found);
    }),
  );
  return asked;
}

function Typed() {
  const [address, setAddress] = useState('q=queue&study=one');
  const selection = useKeptSelection('search');
  return (
    <>
      <input aria-label="Address" value={address} onChange={(e) => setAddress(e.target.value)} />
      <button type="button" onClick={() => setAddress('q=line')}>
        Other words
      </button>
      <output>{useIsFetching()}</output>
      <CloseInMeaning
        key={address === 'q=line' ? 'other' : 'same'}
        state={readSearchState(new URLSearchParams(address))}
        selection={selection}
      />
    </>
  );
}

describe('Close in meaning', () => {
  it('shows what the words did not find, within the filters, to be chosen like any hit', async () => {
    const asked = answer(FOUND);
    renderInApp(<Typed />);
    const list = await screen.findByRole('feed', { name: 'Close in meaning' });
    expect(within(list).getByRole('article', { name: /We stood in line/ })).toBeVisible();
    expect(screen.getByText(/not among the people counted above/)).toBeVisible();
    expect([asked[0].get('q'), asked[0].get('study')]).toEqual(['queue', 'one']);
    const box = within(list).getByRole('checkbox');
    await userEvent.click(box);
    expect(box).toBeChecked();
  });

  it('asks nothing where no excerpts are wanted or too little is typed', async () => {
    answer(FOUND);
    renderInApp(<Typed />);
    await screen.findByRole('feed', { name: 'Close in meaning' });
    for (const address of ['q=qu', 'q=queue&kind=memo', '']) {
      await userEvent.clear(screen.getByLabelText('Address'));
      if (address) await userEvent.type(screen.getByLabelText('Address'), address);
      expect(screen.queryByRole('feed')).toBeNull();
    }
  });

  it('asks once where there is no model', async () => {
    const asked = answer({ is_available: false, results: [] });
    renderInApp(<Typed />);
    await waitFor(() => expect(asked).toHaveLength(1));
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('0'));
    // A new section would ask as soon as it is there.
    await userEvent.click(screen.getByRole('button', { name: 'Other words' }));
    expect(screen.getByRole('status')).toHaveTextContent('0');
    expect(asked).toHaveLength(1);
    expect(screen.queryByText('Close in meaning')).toBeNull();
  });
});
