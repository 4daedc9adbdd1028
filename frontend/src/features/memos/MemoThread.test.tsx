import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Memo } from '@/api';
import { makeMemo } from '@/testing/makeMemo';
import { renderInApp } from '@/testing/renderInApp';
import { MemosPage } from './MemosPage';
import { MemoThread } from './MemoThread';
import { MentionBell } from './MentionBell';
import { groupInReadingOrder } from './SessionMemos';

const API = '/api/workspaces/team';
const MEMBERS = [
  { user_id: 'alice', name: 'Alice' },
  { user_id: 'bob', name: 'Bob Berg' },
];

let memos: Memo[] = [];
let asked: URLSearchParams[] = [];
let sent: Record<string, unknown>[] = [];
let unseen = 2;
const page = (results: unknown[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
});
const mentions = () => ({
  unseen,
  results: [
    {
      id: 'mention-1',
      seen_at: unseen ? null : '2026-11-05T09:00:00Z',
      created_at: '2026-11-04T09:00:00Z',
      memo: makeMemo(),
    },
  ],
});

const server = setupServer(
  http.get(`${API}/members`, () => HttpResponse.json(MEMBERS)),
  http.get(`${API}/studies`, () => HttpResponse.json(page([]))),
  http.get(`${API}/memos`, ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json(page(memos));
  }),
  http.post(`${API}/memos`, async ({ request }) => {
    sent.push((await request.json()) as Record<string, unknown>);
    return HttpResponse.json(makeMemo(), { status: 201 });
  }),
  http.delete(`${API}/memos/:id`, () => {
    memos = [];
    return new HttpResponse(null, { status: 204 });
  }),
  http.get(`${API}/mentions`, () => HttpResponse.json(mentions())),
  http.post(`${API}/mentions/seen`, () => {
    unseen = 0;
    return HttpResponse.json(mentions());
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  memos = [makeMemo()];
  asked = [];
  sent = [];
  unseen = 2;
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const SUBJECT = { kind: 'excerpt', id: 'excerpt-1' } as const;

describe('a thread', () => {
  it('mentions somebody by keys alone, and is sent by a key', async () => {
    memos = [];
    renderInApp(<MemoThread subject={SUBJECT} invitation="Say something" />);
    expect(await screen.findByText('Say something')).toBeVisible();
    await userEvent.type(screen.getByLabelText('Write a memo'), 'Ask @b');
    expect(await screen.findByRole('option', { name: 'Bob Berg' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await userEvent.keyboard('{Enter}why{Control>}{Enter}{/Control}');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      subject_kind: 'excerpt',
      subject_id: 'excerpt-1',
      text: 'Ask @Bob Berg why',
      mentioned_user_ids: ['bob'],
    });
    await waitFor(() => expect(screen.getByLabelText('Write a memo')).toHaveValue(''));
  });

  it('keeps what was written when it can’t be saved', async () => {
    server.use(
      http.post(`${API}/memos`, () =>
        HttpResponse.json(
          { code: 'not_found', message: 'There is nothing here.', remedy: 'Ask.', fields: {} },
          { status: 404 },
        ),
      ),
    );
    renderInApp(<MemoThread subject={{ kind: 'excerpt', id: 'gone' }} />);
    const area = await screen.findByLabelText('Write a memo');
    await userEvent.type(area, 'Precious');
    await userEvent.click(screen.getByRole('button', { name: 'Save memo' }));
    expect(await screen.findByText(/it is still here/)).toBeVisible();
    expect(area).toHaveValue('Precious');
  });

  it('can be read, but not written, by those who may only look', async () => {
    renderInApp(<MemoThread subject={SUBJECT} />, {
      permissions: { may_write_insights: false, may_manage_members: false },
    });
    expect(await screen.findByText(/still waits/)).toBeVisible();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Answer' })).toBeNull();
  });

  it('has nothing that axe objects to', async () => {
    const { container } = renderInApp(<MemoThread subject={SUBJECT} />);
    await screen.findByText(/still waits/);
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations).toEqual([]);
  });
});

describe('the stream', () => {
  it('asks for what the address says, and leads to the very place', async () => {
    renderInApp(<MemosPage />, { at: '/w/team/memos?q=wait&about=excerpt&mentions=me' });
    const link = await screen.findByRole('link', { name: '“I waited six weeks”' });
    expect(link).toHaveAttribute('href', '/w/team/sessions/session-1?excerpt=excerpt-1');
    expect(Object.fromEntries(asked[0])).toEqual({
      q: 'wait',
      subject_kind: 'excerpt',
      mentions: 'me',
      page: '1',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Export' }));
    expect(await screen.findByRole('menuitem', { name: /Table/ })).toHaveAttribute(
      'href',
      '/api/workspaces/team/memos/export?format=csv&q=wait&subject_kind=excerpt&mentions=me',
    );
  });

  it('says of what is gone that it is, without a link', async () => {
    const { subject } = makeMemo();
    memos = [makeMemo({ subject: { ...subject, title: 'Old words', is_gone: true } })];
    renderInApp(<MemosPage />, { at: '/w/team/memos' });
    expect(await screen.findByText('no longer there')).toBeVisible();
    expect(screen.queryByRole('link', { name: /Old words/ })).toBeNull();
  });

  it('teaches while there is none', async () => {
    memos = [];
    renderInApp(<MemosPage />, { at: '/w/team/memos' });
    expect(await screen.findByText('No memos yet')).toBeVisible();
  });
});

it('mentions are counted until they were looked at', async () => {
  renderInApp(<MentionBell />);
  await userEvent.click(await screen.findByRole('button', { name: /^Mentions\s*2 new$/ }));
  const list = await screen.findByRole('list', { name: 'Where I am mentioned' });
  expect(within(list).getByRole('link', { name: '“I waited six weeks”' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Mark all as seen' }));
  expect(await screen.findByRole('button', { name: 'Mentions' })).toBeVisible();
});

it('memos of a session stand in reading order, those on what is gone last', () => {
  const on = (id: string, wordId: number | null, isGone = false) => {
    const memo = makeMemo({ id });
    return { ...memo, subject: { ...memo.subject, id, word_id: wordId, is_gone: isGone } };
  };
  const groups = groupInReadingOrder([on('c', 90), on('gone', 1, true), on('a', 3), on('b', 40)]);
  expect(groups.map(({ subject }) => subject.id)).toEqual(['a', 'b', 'c', 'gone']);
});
