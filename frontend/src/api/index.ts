/** The one entry to the server for every page. */

export * from './accounts';
export * from './codebook';
export * from './digests';
export * from './discovery';
export * from './editing';
export { ApiError, getCsrfToken, toApiError } from './errors';
export * from './glossary';
export * from './hearing';
export * from './history';
export { keys } from './keys';
export * from './memos';
export * from './notes';
export * from './places';
export * from './replacements';
export * from './reviews';
export * from './sharing';
export * from './sources';
export * from './speakers';
export * from './studies';
export * from './synonyms';
export * from './synthesis';
export * from './tagging';
export * from './transcripts';
export type * from './types';
export * from './versions';
export * from './workspaces';
