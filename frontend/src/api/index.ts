/** The one entry to the server for every page. */

export * from './accounts';
export * from './discovery';
export { ApiError, getCsrfToken, toApiError } from './errors';
export { keys } from './keys';
export * from './sources';
export * from './studies';
export * from './synthesis';
export * from './tagging';
export type * from './types';
export * from './workspaces';
