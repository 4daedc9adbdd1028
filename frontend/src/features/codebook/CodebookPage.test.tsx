import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tag } from '@/api';
import { makeExcerpt, makeTag } from '@/testing/makeEvidence';
import { renderInApp } from '@/testing/renderInApp';
import { CodebookPage } from './CodebookPage';

const API = '/api/workspaces/team';
const page = (results: unknown[]) => ({ count: 9, next: null, previous: null, results });

let tags: Tag[] = [];

const server = setupServer(
  http.get(`${API}/tags`, () => HttpResponse.json({ results: tags })),
  http.get(`${API}/participants`, () => HttpResponse.json(page([]))),
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
  http.delete(`${API}/tags/:id`, ({ params }) => {
    tags = tags.filter((tag) => tag.id !== params.id && tag.parent_id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  tags = [
    makeTag({ id: 'phone', name: 'phone', excerpt_count: 0, people_count: 0 }),
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
    expect((await row('phone')).getByText('Gathers 1 tag')).toBeVisible();
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

  it('renames a tag where it stands', async () => {
    show();
    const phone = await row('phone');
    await userEvent.click(phone.getByRole('button', { name: 'Edit the name phone' }));
    const name = screen.getByRole('textbox', { name: 'the name phone' });
    await userEvent.clear(name);
    await userEvent.type(name, 'ringing{Control>}{Enter}{/Control}');
    expect(await row('ringing')).toBeTruthy();
    expect(tags[0].name).toBe('ringing');
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
    show('/w/team/codebook', { may_edit_research: false });
    await row('phone');
    expect(screen.queryByRole('button', { name: /New tag|Change|Edit|Colour/ })).toBeNull();
  });
});
