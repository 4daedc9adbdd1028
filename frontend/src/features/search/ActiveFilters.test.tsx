import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderInApp } from '@/testing/renderInApp';
import { ActiveFilters } from './ActiveFilters';
import { countFilters, readSearchState } from './searchState';

it('is one filter for a range of feelings', async () => {
  const onChange = vi.fn();
  const state = readSearchState(new URLSearchParams('intensity=-2&intensity=-1&intensity=0'));
  expect(countFilters(state)).toBe(1);
  renderInApp(<ActiveFilters state={state} onChange={onChange} labelValue={(_, name) => name} />);
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Feeling −2 to 0' }));
  expect(onChange.mock.lastCall?.[0].chosen.intensity).toEqual([]);
});

it('says that all of the chosen tags must be there, and lets any do', async () => {
  const onChange = vi.fn();
  const state = readSearchState(new URLSearchParams('tag=a&tag=b&all_of=tag'));
  renderInApp(<ActiveFilters state={state} onChange={onChange} labelValue={(_, name) => name} />);
  await userEvent.click(
    screen.getByRole('button', { name: 'Remove the filter All of the tags chosen' }),
  );
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ allOf: [], chosen: { tag: ['a', 'b'] } });
});
