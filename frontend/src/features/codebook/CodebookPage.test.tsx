import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Codebook, Tag } from '@/api';
import { makeExcerpt, makeTag } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { CodebookPage } from './CodebookPage';

const API = '/api/workspaces/team';
const page = (results: unknown[]) => ({ count: 9, next: null, previous: null, results });

let tags: Tag[] = [];
let codebook: Codebook;
let moves: unknown[] = [];
const change = { id: 'change', summary: 'Merged “hold” into “on hold”' };
const turned = { change: { summary: 'Moved “on hold”' } };
const OUTCOME = {
  created: 12,
  updated: 3,
  unchanged: 0,
  skipped_count: 1,
  skipped: [{ line: 7, reason: 'There is no name.' }],
  notes: [],
  tags: [{ path: ['phone', 'ringing'], outcome: 'created', differences: [] }],
  change: null,
};

const server = setupServer(
  http.get(`${API}/tags`, () => HttpResponse.json({ results: tags })),
  http.get(`${API}/participants`, () => HttpResponse.json(page([]))),
  http.get(`${API}/memos`, () => HttpResponse.json(page([]))),
  http.get(`${API}/members`, () => HttpResponse.json([])),
  http.get(`${API}/excerpts`, () =>
    HttpResponse.json({ ...page([makeExcerpt()]), count: 3, people: 2 }),
  ),
  http.post(`${API}/tags`, async ({ request }) => {
    const draft = (await request.json()) as Partial<Tag>;
    if (tags.some((tag) => tag.name === draft.name)) {
      const message = 'There is a tag called that there already.';
      return HttpResponse.json(
        { code: 'conflict', message, remedy: 'Choose another name.', fields: {} },
        { status: 409 },
      );
    }
    const tag = makeTag({ id: 'new', excerpt_count: 0, people_count: 0, ...draft });
    tags = [...tags, tag];
    return HttpResponse.json(tag, { status: 201 });
  }),
  http.patch(`${API}/tags/:id`, async ({ params, request }) => {
    const changes = (await request.json()) as Partial<Tag>;
    tags = tags.map((tag) => (tag.id === params.id ? { ...tag, ...changes } : tag));
    return HttpResponse.json(tags.find((tag) => tag.id === params.id));
  }),
  http.get(`${API}/codebook`, () => HttpResponse.json(codebook)),
  http.post(`${API}/codebook/undo`, () => HttpResponse.json(turned)),
  http.get(`${API}/tags/near-duplicates`, () =>
    HttpResponse.json([
      {
        tag_id: 'hold',
        other_id: 'phone',
        reason: 'same_excerpts',
        shared_excerpts: 5,
        either_excerpts: 6,
      },
    ]),
  ),
  http.post(`${API}/tags/:id/move`, async ({ params, request }) => {
    const place = (await request.json()) as { parent_id: string | null };
    moves.push({ id: params.id, ...place });
    tags = tags.map((tag) => (tag.id === params.id ? { ...tag, ...place } : tag));
    return HttpResponse.json(tags.find((tag) => tag.id === params.id));
  }),
  http.post(`${API}/tags/:id/merge/preview`, () =>
    HttpResponse.json({
      excerpts: 12,
      people: 5,
      both: 1,
      children: 2,
      merged_children: ['music'],
      into_excerpts_after: 20,
      into_people_after: 7,
    }),
  ),
  http.post(`${API}/tags/:id/merge`, ({ params }) => {
    tags = tags.filter((tag) => tag.id !== params.id);
    return HttpResponse.json({ change, tag: tags[0] });
  }),
  http.post(`${API}/codebook/import`, ({ request }) => {
    const isPreview = new URL(request.url).searchParams.get('preview') === 'true';
    return HttpResponse.json({ ...OUTCOME, change: isPreview ? null : change });
  }),
  http.delete(`${API}/tags/:id`, ({ params }) => {
    tags = tags.filter((tag) => tag.id !== params.id && tag.parent_id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  moves = [];
  codebook = {
    is_locked: false,
    may_edit: true,
    may_lock: true,
    undo: { id: 'change', summary: 'Moved “on hold”' },
    redo: null,
  };
  tags = [
    makeTag({
      id: 'phone',
      name: 'phone',
      excerpt_count: 0,
      people_count: 0,
      branch_excerpt_count: 3,
      branch_people_count: 2,
    }),
    makeTag({ id: 'hold', name: 'on hold', parent_id: 'phone' }),
  ];
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const show = (at = '/w/team/codebook', permissions = {}) =>
  renderInApp(<CodebookPage />, { at, permissions });
const row = (name: string) => screen.findByText(name).then((found) => within(found.closest('li')!));

describe('Codebook', () => {
  it('counts people of people for each tag', async () => {
    show();
    expect(await (await row('on hold')).findByText('2 of 9 people')).toBeVisible();
    expect((await row('phone')).getByRole('link', { name: /with those under it/ })).toHaveAttribute(
      'href',
      '/w/team/codebook?branch=phone',
    );
  });

  it('opens the excerpts behind a count, and says so in the address', async () => {
    const { router } = show();
    await userEvent.click((await row('on hold')).getByRole('link', { name: /tagged on hold/ }));
    const list = within(await screen.findByRole('dialog', { name: 'on hold' }));
    expect(await list.findByText(/The reminder came/)).toBeVisible();
    expect(router.state.location.search).toBe('?tag=hold');
  });

  it('takes a new tag, and keeps the words when the name is taken', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'New tag' }));
    const name = screen.getByRole('textbox', { name: 'Name' });
    await userEvent.type(name, 'phone');
    await userEvent.click(screen.getByRole('button', { name: 'Make tag' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Choose another name.');
    expect(name).toHaveValue('phone');
    await userEvent.type(name, ' queue');
    await userEvent.click(screen.getByRole('button', { name: 'Make tag' }));
    expect((await row('phone queue')).getByText('Not used yet')).toBeVisible();
  });

  it('renames a tag where it stands, by keys', async () => {
    show();
    (await row('phone')).getByRole('button', { name: 'Move phone' }).focus();
    await userEvent.keyboard('{F2}');
    const name = screen.getByRole('textbox', { name: 'Name of phone' });
    await userEvent.clear(name);
    await userEvent.type(name, 'ringing{Enter}');
    expect(await row('ringing')).toBeTruthy();
    expect(tags[0].name).toBe('ringing');
  });

  it('leaves the name as it was on Escape', async () => {
    show();
    await userEvent.dblClick(await screen.findByText('phone'));
    await userEvent.keyboard('x{Escape}');
    expect(await screen.findByText('phone')).toBeVisible();
    expect(tags[0].name).toBe('phone');
  });

  it('moves a tag by keys and keeps the focus on it', async () => {
    show();
    const handle = (await row('on hold')).getByRole('button', { name: 'Move on hold' });
    handle.focus();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await waitFor(() => expect(moves).toEqual([{ id: 'hold', parent_id: null, position: 1 }]));
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName('Move on hold'));
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveAccessibleName('Move phone');
  });

  it('moves a tag without dragging', async () => {
    show();
    await userEvent.click((await row('on hold')).getByRole('button', { name: 'Change on hold' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Move to…' }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Under' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Top of the codebook' }));
    await userEvent.click(screen.getByRole('button', { name: 'Move' }));
    await waitFor(() => expect(moves).toEqual([{ id: 'hold', parent_id: null, position: 1 }]));
  });

  it('shows what a merge would move before it is done', async () => {
    show();
    await userEvent.click(await screen.findByText('Look alike 1'));
    expect(await screen.findByText('Together on 5 of 6 excerpts')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Merge…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Merge “phone”' }));
    expect(
      await dialog.findByText(
        '12 excerpts from 5 of 9 people tagged “phone” will be tagged “on hold”.',
      ),
    ).toBeVisible();
    expect(dialog.getByText('Merged with their namesakes there: “music”.')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Merge' }));
    await waitFor(() => expect(tags.map((tag) => tag.id)).toEqual(['hold']));
  });

  it('shows what a file would change before it is taken', async () => {
    const { container } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'More' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Import/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Import tags' }));
    const input = container.ownerDocument.querySelector<HTMLInputElement>('input[type=file]')!;
    await userEvent.upload(input, new File(['name'], 'codes.csv', { type: 'text/csv' }));
    expect(await dialog.findByText(/12 new, 3 changed, 1 skipped/)).toBeVisible();
    expect(dialog.getByText('Line 7:')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Import tags' })).toBeNull());
  });

  it('shows what nobody uses', async () => {
    tags.push(makeTag({ id: 'bus', name: 'bus', excerpt_count: 0, people_count: 0 }));
    show();
    await userEvent.click(await screen.findByText('Unused 1'));
    expect((await row('bus')).getByText('Not used yet')).toBeVisible();
    expect(screen.queryByText('phone')).toBeNull();
  });

  it('undoes with Ctrl+Z, but not in a field', async () => {
    const { client } = show();
    await row('phone');
    const asked: string[] = [];
    server.events.on('request:start', ({ request }) => {
      if (request.url.endsWith('/undo')) asked.push(request.url);
    });
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Find a tag' }),
      'a{Control>}z{/Control}',
    );
    expect(asked).toHaveLength(0);
    await userEvent.click(document.body);
    await userEvent.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(asked).toHaveLength(1));
    await waitFor(() => expect(client.isFetching()).toBe(0));
  });

  it('hides what is under a closed tag, and finds it all the same', async () => {
    show();
    await userEvent.click(
      (await row('phone')).getByRole('button', { name: '1 tag under phone', expanded: true }),
    );
    expect(screen.queryByText('on hold')).toBeNull();
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a tag' }), 'hold');
    expect(await screen.findByText('on hold')).toBeVisible();
  });

  it('deletes a branch', async () => {
    show();
    await userEvent.click((await row('phone')).getByRole('button', { name: 'Change phone' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    expect(await screen.findByText('The codebook is empty')).toBeVisible();
  });

  it('can only be read by those who may not edit', async () => {
    codebook = { ...codebook, is_locked: true, may_edit: false, may_lock: false };
    show();
    expect(await screen.findByText(/ask an owner for a change/)).toBeVisible();
    await row('phone');
    expect(screen.queryByRole('button', { name: /New tag|Change|Move|Colour|Undo/ })).toBeNull();
  });
});
