import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderInApp } from '@/testing/renderInApp';
import { AlsoSearched } from './AlsoSearched';
import { readSearchState } from './searchState';

it('names the synonyms, and searches for the typed word alone', async () => {
  const state = { ...readSearchState(new URLSearchParams()), words: 'late appointment' };
  const onChange = vi.fn();
  renderInApp(
    <AlsoSearched
      also={[{ typed: 'appointment', words: ['visit', 'check-up'] }]}
      state={state}
      onChange={onChange}
    />,
  );
  expect(screen.getByText(/^Also searched: visit, check-up/)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Change' })).toHaveAttribute(
    'href',
    expect.stringContaining('settings#synonyms'),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Only “appointment”' }));
  expect(onChange).toHaveBeenCalledWith({ ...state, words: 'late "appointment"' });
});
