/** Search over everything that was heard. */

import * as server from './generated';
import type { OpenQuestion } from './types';

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

export const listSavedSearches = (workspaceId: string) =>
  server.savedSearchesList({ path: { workspace_id: workspaceId } }).then(({ results }) => results);

export const saveSearch = (workspaceId: string, name: string, question: SearchQuery) =>
  server.savedSearchesCreate({
    path: { workspace_id: workspaceId },
    body: { name, search: question },
  });

export const renameSavedSearch = (workspaceId: string, savedSearchId: string, name: string) =>
  server.savedSearchRename({
    path: { workspace_id: workspaceId, saved_search_id: savedSearchId },
    body: { name },
  });

export const deleteSavedSearch = (workspaceId: string, savedSearchId: string) =>
  server.savedSearchDelete({
    path: { workspace_id: workspaceId, saved_search_id: savedSearchId },
  });

export const seeSavedSearch = (workspaceId: string, savedSearchId: string) =>
  server.savedSearchSeen({ path: { workspace_id: workspaceId, saved_search_id: savedSearchId } });

/** Somebody stopped typing here; written down only where little or nothing is found. */
export const noteSearch = (workspaceId: string, words: string) =>
  server.searched({ path: { workspace_id: workspaceId }, body: { words } });

export const askQuestion = (workspaceId: string, words: string) =>
  server.openQuestionsAsk({ path: { workspace_id: workspaceId }, body: { words } });

export const listOpenQuestions = (workspaceId: string, state: OpenQuestion['state']) =>
  server
    .openQuestionsList({ path: { workspace_id: workspaceId }, query: { state } })
    .then(({ results }) => results);

export const countOpenQuestions = (workspaceId: string) =>
  server.openQuestionsCount({ path: { workspace_id: workspaceId } }).then(({ count }) => count);

export const listAnsweredQuestions = (workspaceId: string) =>
  server
    .openQuestionsAnswered({ path: { workspace_id: workspaceId } })
    .then(({ results }) => results);

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

export const readQuestionLog = (workspaceId: string) =>
  server.questionLogRead({ path: { workspace_id: workspaceId } });

export const switchQuestionLog = (workspaceId: string, isOn: boolean) =>
  server.questionLogSwitch({ path: { workspace_id: workspaceId }, body: { is_on: isOn } });
