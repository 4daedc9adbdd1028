import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Facet, FacetValue } from '@/api';
import { renderInApp } from '@/testing/renderInApp';
import { Facets } from './Facets';
import { readSearchState } from './searchState';

const value = (name: string, changes: Partial<FacetValue> = {}): FacetValue => ({
  value: name,
  label: name,
  colour: null,
  excerpts: 12,
  people: 7,
  is_selected: false,
  ...changes,
});

function show(facets: Facet[], address = '') {
  const onChange = vi.fn();
  const state = readSearchState(new URLSearchParams(address));
  renderInApp(
    <Facets facets={facets} state={state} onChange={onChange} labelValue={(_, name) => name} />,
  );
  return onChange;
}

describe('Facets', () => {
  it('says how many people and excerpts each value has', () => {
    show([{ field: 'quadrant', values: [value('pain', { label: 'Pains' })] }]);
    const group = screen.getByRole('group', { name: 'Empathy map' });
    expect(
      within(group).getByRole('checkbox', { name: 'Pains: 12 excerpts from 7 people' }),
    ).not.toBeChecked();
  });

  it('counts excerpts alone where people are not known', () => {
    show([{ field: 'tag', values: [value('reminders', { people: null })] }]);
    expect(screen.getByRole('checkbox', { name: 'reminders: 12 excerpts' })).toBeVisible();
    expect(screen.getByText(/counts excerpts for each choice, not people/)).toBeVisible();
  });

  it('can ask for all of what is chosen where an excerpt may have several', async () => {
    const facets: Facet[] = [
      { field: 'tag', values: [value('a'), value('b')] },
      { field: 'study', values: [value('x'), value('y')] },
    ];
    const onChange = show(facets, 'tag=a&tag=b&study=x&study=y');
    expect(screen.getAllByRole('radio', { name: 'All of these' })).toHaveLength(1);
    await userEvent.click(screen.getByRole('radio', { name: 'All of these' }));
    expect(onChange.mock.lastCall?.[0].allOf).toEqual(['tag']);
  });

  it('narrows and widens the search', async () => {
    const facets: Facet[] = [{ field: 'tag', values: [value('a'), value('b')] }];
    const onChange = show(facets, 'q=late&tag=b');
    await userEvent.click(screen.getByRole('checkbox', { name: /^a:/ }));
    expect(onChange.mock.lastCall?.[0].chosen.tag).toEqual(['b', 'a']);
    await userEvent.click(screen.getByRole('checkbox', { name: /^b:/ }));
    expect(onChange.mock.lastCall?.[0].chosen.tag).toEqual([]);
    expect(onChange.mock.lastCall?.[0].words).toBe('late');
  });

  it('shows six values until all are asked for', async () => {
    const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => value(name));
    show([{ field: 'tag', values }]);
    expect(screen.getAllByRole('checkbox')).toHaveLength(6);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 8' }));
    expect(screen.getAllByRole('checkbox')).toHaveLength(8);
    expect(screen.getByRole('button', { name: 'Show fewer' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  it('narrows to a range of feelings by key, and says what each step finds', async () => {
    const values = [
      value('-3', { excerpts: 4, people: 3 }),
      value('1', { excerpts: 1, people: 1 }),
    ];
    const onChange = show([{ field: 'intensity', values }]);
    const group = screen.getByRole('group', { name: 'Strength of feeling' });
    const to = within(group).getByRole('slider', { name: 'Feelings to' });
    expect(to).toHaveAttribute('aria-valuetext', '+3, Wonderful');
    to.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(onChange.mock.lastCall?.[0].chosen.intensity).toEqual(['-3', '-2', '-1', '0', '1', '2']);
    await userEvent.click(
      within(group).getByRole('button', {
        name: 'Only −3, Unbearable: 4 excerpts from 3 people',
      }),
    );
    expect(onChange.mock.lastCall?.[0].chosen.intensity).toEqual(['-3']);
  });

  it('shows the range of an older link, and lets go of it at the ends', async () => {
    const onChange = show(
      [{ field: 'intensity', values: [value('-3'), value('2')] }],
      'intensity=-2&intensity=3',
    );
    expect(screen.getByText('Feeling −2 or +3')).toBeVisible();
    const from = screen.getByRole('slider', { name: 'Feelings from' });
    expect(from).toHaveAttribute('aria-valuetext', '−2, Bad');
    from.focus();
    await userEvent.keyboard('{Home}');
    expect(onChange.mock.lastCall?.[0].chosen.intensity).toEqual([]);
  });

  it('can show key quotes only', async () => {
    const onChange = show([]);
    await userEvent.click(screen.getByRole('switch', { name: 'Key quotes only' }));
    expect(onChange.mock.lastCall?.[0].isKeyQuoteOnly).toBe(true);
  });
});
