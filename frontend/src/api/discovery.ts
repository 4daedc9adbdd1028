/** Search over everything that was heard. */

import * as server from './generated';
import type { OpenQuestion } from './types';
import { workspaceUrl } from './workspaces';

type Query = NonNullable<server.SearchData['query']>;

/**
 * What is asked of search; lists mean "or", and `attribute` holds `name=value` pairs. Choices come
 * from the page's address as plain strings; the server refuses those it doesn't know.
 */
export type SearchQuery = {
  [Name in keyof Query]: NonNullable<Query[Name]> extends string[] ? string[] : Query[Name];
};

export const search = (workspaceId: string, query: SearchQuery, signal?: AbortSignal) =>
  server.search({ path: { workspace_id: workspaceId }, query: query as Query, signal });

/** Those who said most of what a question finds; or those of a name, whether they said any. */
export const searchPeople = (
  workspaceId: string,
  query: SearchQuery & { named?: string },
  signal?: AbortSignal,
) =>
  server.searchPeople({
    path: { workspace_id: workspaceId },
    query: query as Query & { named?: string },
    signal,
  });

/** More ids than this don't fit into an address. */
export const MAX_EXPORTED_BY_ID = 200;

/** A table of everything that a question finds, or of chosen excerpts. */
export function searchExportUrl(workspaceId: string, query: SearchQuery & { excerpt?: string[] }) {
  const given = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === undefined ? [] : [[name, String(value)]])),
  );
  return `${workspaceUrl(workspaceId)}/search/export.csv?${new URLSearchParams(given)}`;
}

/** Excerpts that say what was typed in other words; none where there is no model to tell. */
export const searchMeaning = (workspaceId: string, query: SearchQuery, signal?: AbortSignal) =>
  server.searchMeaning({ path: { workspace_id: workspaceId }, query: query as Query, signal });

/** What says much the same, most alike first. */
export const listSimilarExcerpts = (
  workspaceId: string,
  excerptId: string,
  limit: number,
  signal?: AbortSignal,
) =>
  server
    .excerptsSimilar({
      path: { workspace_id: workspaceId, excerpt_id: excerptId },
      query: { limit },
      signal,
    })
    .then(({ results }) => results);

export const listSavedSearches = (workspaceId: string) =>
  server.savedSearchesList({ path: { workspace_id: workspaceId } }).then(({ results }) => results);

/** What a few of them find by now; each costs the server two searches. */
export const countSavedSearches = (workspaceId: string, ids: string[]) =>
  server.savedSearchesCount({ path: { workspace_id: workspaceId }, query: { id: ids } });

export const saveSearch = (workspaceId: string, name: string, question: SearchQuery) =>
  server.savedSearchesCreate({
    path: { workspace_id: workspaceId },
    body: { name, search: question },
  });

const atSavedSearch = (workspaceId: string, savedSearchId: string) => ({
  path: { workspace_id: workspaceId, saved_search_id: savedSearchId },
});

export const changeSavedSearch = (
  workspaceId: string,
  savedSearchId: string,
  changes: { name?: string; is_in_digest?: boolean },
) => server.savedSearchChange({ ...atSavedSearch(workspaceId, savedSearchId), body: changes });

export const orderSavedSearches = (workspaceId: string, ids: string[]) =>
  server
    .savedSearchesOrder({ path: { workspace_id: workspaceId }, body: { ids } })
    .then(({ results }) => results);

export const deleteSavedSearch = (workspaceId: string, savedSearchId: string) =>
  server.savedSearchDelete(atSavedSearch(workspaceId, savedSearchId));

export const restoreSavedSearch = (workspaceId: string, savedSearchId: string) =>
  server.savedSearchRestore(atSavedSearch(workspaceId, savedSearchId));

export const seeSavedSearch = (workspaceId: string, savedSearchId: string) =>
  server.savedSearchSeen(atSavedSearch(workspaceId, savedSearchId));

/** Somebody stopped typing here; written down only where little or nothing is found. */
export const noteSearch = (workspaceId: string, words: string) =>
  server.searched({ path: { workspace_id: workspaceId }, body: { words } });

export const askQuestion = (workspaceId: string, words: string) =>
  server.openQuestionsAsk({ path: { workspace_id: workspaceId }, body: { words } });

export const listOpenQuestions = (workspaceId: string, state: OpenQuestion['state']) =>
  server.openQuestionsList({ path: { workspace_id: workspaceId }, query: { state } });

/** Those that one study looks into. */
export const listStudyQuestions = (workspaceId: string, studyId: string) =>
  server.openQuestionsList({
    path: { workspace_id: workspaceId },
    query: { state: 'adopted', study: studyId },
  });

export const countOpenQuestions = (workspaceId: string) =>
  server.openQuestionsCount({ path: { workspace_id: workspaceId } }).then(({ count }) => count);

export const listAnsweredQuestions = (workspaceId: string) =>
  server.openQuestionsAnswered({ path: { workspace_id: workspaceId } });

const atQuestion = (workspaceId: string, questionId: string) => ({
  path: { workspace_id: workspaceId, open_question_id: questionId },
});

export const seeAnsweredQuestion = (workspaceId: string, questionId: string) =>
  server.openQuestionSeen(atQuestion(workspaceId, questionId));

export const adoptQuestion = (workspaceId: string, questionId: string, studyId: string) =>
  server.openQuestionAdopt({ ...atQuestion(workspaceId, questionId), body: { study_id: studyId } });

export const dismissQuestion = (workspaceId: string, questionId: string) =>
  server.openQuestionDismiss(atQuestion(workspaceId, questionId));

export const reopenQuestion = (workspaceId: string, questionId: string) =>
  server.openQuestionReopen(atQuestion(workspaceId, questionId));

/** For good. */
export const deleteQuestion = (workspaceId: string, questionId: string) =>
  server.openQuestionDelete(atQuestion(workspaceId, questionId));

/** The reader no longer asks it. */
export const forgetQuestion = (workspaceId: string, questionId: string) =>
  server.openQuestionForget(atQuestion(workspaceId, questionId));

export const readQuestionLog = (workspaceId: string) =>
  server.questionLogRead({ path: { workspace_id: workspaceId } });

export const switchQuestionLog = (workspaceId: string, isOn: boolean) =>
  server.questionLogSwitch({ path: { workspace_id: workspaceId }, body: { is_on: isOn } });
