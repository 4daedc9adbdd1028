import { Notifications } from '@mantine/notifications';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReelDetail } from '@/api';
import { playerStore } from '@/app/player';
import { makeExcerpt } from '@/testing/makeEvidence';
import { makeReel } from '@/testing/makeReel';
import { renderInApp } from '@/testing/renderInApp';
import { ReelPage } from './ReelPage';
import { ReelsPage } from './ReelsPage';
import { moveItem } from './useReelChanges';

const API = '/api/workspaces/team';
const VOICES = [
  makeExcerpt({ id: 'a', text: 'I waited three weeks.' }),
  makeExcerpt({
    id: 'b',
    text: 'Notes from the desk.',
    has_audio: false,
    start_ms: null,
    end_ms: null,
  }),
  makeExcerpt({ id: 'c', text: 'Nobody told me.' }),
];
let reel: ReelDetail;
const written: string[] = [];
const bodies: unknown[] = [];

const take = async (request: Request, answer: object) => {
  written.push(`${request.method} ${new URL(request.url).pathname.replace(`${API}/reels`, '')}`);
  bodies.push(request.method === 'DELETE' ? null : await request.json().catch(() => null));
  return HttpResponse.json(answer);
};

const server = setupServer(
  http.get(`${API}/reels`, () => HttpResponse.json({ count: 1, results: [reel] })),
  http.get(`${API}/reels/reel-1`, () => HttpResponse.json(reel)),
  http.patch(`${API}/reels/reel-1`, ({ request }) => take(request, reel)),
  http.put(`${API}/reels/reel-1/order`, async ({ request }) => {
    const { item_ids } = (await request.clone().json()) as { item_ids: string[] };
    reel = { ...reel, items: item_ids.map((id) => reel.items.find((item) => item.id === id)!) };
    return take(request, reel);
  }),
  http.post(`${API}/reels/reel-1/items/remove`, ({ request }) =>
    take(request, { ...reel, items: reel.items.slice(1) }),
  ),
  http.post(`${API}/reels/reel-1/items`, ({ request }) =>
    take(request, { reel, added_ids: ['new'], known_count: 0 }),
  ),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  reel = makeReel({ missing_count: 2 }, VOICES);
  written.splice(0);
  bodies.splice(0);
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function show(permissions = {}) {
  renderInApp(
    <>
      <ReelPage />
      <Notifications />
    </>,
    { at: '/w/team/reels/reel-1', route: '/w/:workspaceId/reels/:reelId', permissions },
  );
  await screen.findByRole('list', { name: 'Excerpts of the reel' });
  return userEvent.setup();
}

const rows = () => screen.getAllByRole('article');
const texts = () => rows().map((row) => row.getAttribute('aria-label')!.split(': ')[1]);

describe('a reel', () => {
  it('says what it holds and what is missing', async () => {
    await show();
    expect(screen.getByRole('region', { name: 'The reel' })).toHaveTextContent(
      '3 excerpts from 1 person, 0:06 to hear',
    );
    expect(screen.getByRole('note')).toHaveTextContent(
      '2 excerpts are missing: deleted, or said by somebody who has withdrawn since.',
    );
    expect(texts()).toEqual(VOICES.map(({ text }) => text));
  });

  it('plays by the space key and goes on by the arrows; what is written is said', async () => {
    const play = vi.spyOn(playerStore, 'play').mockImplementation(() => {});
    const user = await show();
    await user.keyboard(' ');
    expect(play.mock.lastCall?.[0]).toMatchObject({ key: 'a', startMs: 11_800, endMs: 15_200 });
    const stage = screen.getByRole('region', { name: 'The reel' });
    expect(stage).toHaveTextContent('I waited three weeks.');
    expect(stage).toHaveTextContent('1 of 3');
    await user.keyboard('{ArrowRight}');
    expect(within(stage).getByRole('status')).toHaveTextContent('P03 wrote: Notes from the desk.');
    expect(play).toHaveBeenCalledTimes(1);
    await user.keyboard('{ArrowRight}');
    expect(play.mock.lastCall?.[0].key).toBe('c');
    act(() => play.mock.lastCall?.[0].onEnd?.());
    expect(stage).toHaveTextContent('3 excerpts from 1 person');
  });

  it('plays on when its page is left, and is found where it is by then', async () => {
    const state = playerStore.getState();
    const play = vi.spyOn(playerStore, 'play').mockImplementation((track) => {
      vi.spyOn(playerStore, 'getState').mockReturnValue({ ...state, track });
    });
    const user = await show();
    await user.keyboard(' ');
    expect(play.mock.lastCall?.[0].series).toMatchObject({
      title: 'Waiting, in their own words',
      href: '/w/team/reels/reel-1',
      place: '1 of 3',
    });
    cleanup();
    await user.keyboard(' ');
    expect(play).toHaveBeenCalledTimes(1);
    act(() => play.mock.lastCall?.[0].series?.next?.());
    await show();
    const stage = screen.getByRole('region', { name: 'The reel' });
    await waitFor(() => expect(stage).toHaveTextContent('3 of 3'));
    expect(stage).toHaveTextContent('Nobody told me.');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(stage).toHaveTextContent('1 of 3');
  });

  it('leaves the space key to a button that has the focus', async () => {
    const play = vi.spyOn(playerStore, 'play').mockImplementation(() => {});
    const user = await show();
    screen.getByRole('button', { name: 'Show what P03 wrote' }).focus();
    await user.keyboard(' ');
    expect(play).not.toHaveBeenCalled();
    expect(screen.getByRole('region', { name: 'The reel' })).toHaveTextContent('2 of 3');
  });

  it('is put in order by keys, and says so', async () => {
    const user = await show();
    rows()[0].focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(rows()[2]).toHaveFocus();
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(screen.getByText('Moved to place 2 of 3')).toBeInTheDocument();
    await waitFor(() => expect(texts()[1]).toBe('Nobody told me.'));
    await waitFor(() => expect(rows()[1]).toHaveFocus());
    expect(written).toEqual(['PUT /reel-1/order']);
    expect(bodies).toEqual([{ item_ids: ['item-a', 'item-c', 'item-b'] }]);
  });

  it('shows the old order again where the new one was not saved', async () => {
    server.use(
      http.put(`${API}/reels/reel-1/order`, () =>
        HttpResponse.json(
          { code: 'x', message: 'The server is busy.', remedy: '', fields: {} },
          { status: 503 },
        ),
      ),
    );
    const user = await show();
    rows()[0].focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(await screen.findByText('The order was not changed.')).toBeInTheDocument();
    await waitFor(() => expect(texts()).toEqual(VOICES.map(({ text }) => text)));
  });

  it('gives an excerpt away and takes it back at its place', async () => {
    const user = await show();
    const [menu] = screen.getAllByRole('button', { name: /^Move or take out/ });
    await user.click(menu);
    await user.click(await screen.findByRole('menuitem', { name: 'Take out of the reel' }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(written).toEqual(['POST /reel-1/items/remove', 'POST /reel-1/items']);
    expect(bodies).toEqual([{ item_ids: ['item-a'] }, { excerpt_ids: ['a'], before: 'item-b' }]);
  });

  it('is only listened to by those who may not change it', async () => {
    await show({ may_write_insights: false });
    expect(screen.getByRole('button', { name: 'Play the reel' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Move or take out/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Add excerpts' })).toBeNull();
  });
});

describe('reels', () => {
  it('are listed with people and length', async () => {
    renderInApp(<ReelsPage />);
    const link = await screen.findByRole('link', { name: /Waiting, in their own words/ });
    expect(link).toHaveAttribute('href', '/w/team/reels/reel-1');
    expect(link).toHaveTextContent('3 excerpts from 1 person, 0:06');
    expect(link).toHaveTextContent('2 missing');
  });

  it('teach where there are none', async () => {
    server.use(http.get(`${API}/reels`, () => HttpResponse.json({ count: 0, results: [] })));
    renderInApp(<ReelsPage />);
    expect(await screen.findByText('No reels yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Search the evidence' })).toBeVisible();
  });
});

describe('moveItem', () => {
  const items = ['a', 'b', 'c'].map((id) => ({ id }));
  it.each([
    ['a', 2, 'bca'],
    ['c', 0, 'cab'],
    ['b', 1, 'abc'],
    ['b', 9, 'acb'],
    ['gone', 0, 'abc'],
  ])('%s to %i', (itemId, toIndex, expected) => {
    expect(
      moveItem(items, itemId, toIndex)
        .map(({ id }) => id)
        .join(''),
    ).toBe(expected);
  });
});
