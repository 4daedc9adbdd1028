/** Excerpts whose place in a new version of the text somebody should look at. */

import type * as server from './generated';
import { client } from './generated/client.gen';
import type { Page } from './types';

const url = (workspaceId: string, rest: string) => `/api/workspaces/${workspaceId}/${rest}`;

export interface Review {
  id: string;
  /** Reworded: it was carried, with other words. Uncertain: it stayed on the earlier version. */
  outcome: 'reworded' | 'uncertain';
  state: 'open' | 'accepted' | 'kept';
  old_text: string;
  old_transcript_id: string;
  transcript_id: string;
  proposed_text: string;
  /** Null: nothing like it was found in the new version. */
  proposed_first_word_id: number | null;
  proposed_last_word_id: number | null;
  start_ms: number | null;
  end_ms: number | null;
  excerpt: server.Excerpt;
  resolved_by: { id: string; name: string } | null;
  resolved_at: string | null;
}

export interface ChosenWords {
  first_word_id: number;
  last_word_id: number;
}

/** All reviews of a source, open and settled, page after page. */
export async function listEveryReview(workspaceId: string, sourceId: string): Promise<Review[]> {
  const all: Review[] = [];
  for (let page = 1; ; page += 1) {
    const answer = (await client.get({
      url: url(workspaceId, 'reviews'),
      query: { source: sourceId, page, page_size: 200 },
      responseStyle: 'data',
    })) as unknown as Page<Review>;
    all.push(...answer.results);
    if (!answer.next) return all;
  }
}

async function act(
  workspaceId: string,
  reviewId: string,
  action: 'accept' | 'keep' | 'reopen',
  body: object = {},
): Promise<Review> {
  const answer = await client.post({
    url: url(workspaceId, `reviews/${reviewId}/${action}`),
    body,
    headers: { 'Content-Type': 'application/json' },
    responseStyle: 'data',
  });
  return answer as unknown as Review;
}

/** Takes the proposed words, or the ones given. */
export const acceptReview = (workspaceId: string, reviewId: string, words?: ChosenWords) =>
  act(workspaceId, reviewId, 'accept', words);

/** Leaves the excerpt on the earlier version. */
export const keepReview = (workspaceId: string, reviewId: string) =>
  act(workspaceId, reviewId, 'keep');

export const reopenReview = (workspaceId: string, reviewId: string) =>
  act(workspaceId, reviewId, 'reopen');
