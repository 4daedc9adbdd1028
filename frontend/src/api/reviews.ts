/** Excerpts whose place in a new version of the text somebody should look at. */

import * as server from './generated';

export interface ChosenWords {
  first_word_id: number;
  last_word_id: number;
}

const reviewAt = (workspaceId: string, reviewId: string) => ({
  workspace_id: workspaceId,
  review_id: reviewId,
});

/** All reviews of a source, open and settled, in the order they are heard. */
export async function listEveryReview(workspaceId: string, sourceId: string) {
  const all: server.Review[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await server.reviewsList({
      path: { workspace_id: workspaceId },
      query: { source: sourceId, page, page_size: 200 },
    });
    all.push(...answer.results);
    if (!answer.next) return all;
  }
}

/** Takes the proposed words, or the ones given. */
export const acceptReview = (workspaceId: string, reviewId: string, words?: ChosenWords) =>
  server.reviewAccept({ path: reviewAt(workspaceId, reviewId), body: words ?? {} });

/** Takes all that came over with other words. */
export const acceptReworded = (workspaceId: string, sourceId: string) =>
  server.sourceAcceptReworded({ path: { workspace_id: workspaceId, source_id: sourceId } });

/** Leaves the excerpt on the earlier version. */
export const keepReview = (workspaceId: string, reviewId: string) =>
  server.reviewKeep({ path: reviewAt(workspaceId, reviewId) });

export const reopenReview = (workspaceId: string, reviewId: string) =>
  server.reviewReopen({ path: reviewAt(workspaceId, reviewId) });
