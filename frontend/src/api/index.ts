/** The one entry to the server for every page. */

export * from './accounts';
export * from './discovery';
export { keys } from './keys';
export { ApiError, getCsrfToken, toApiError } from './request';
export * from './sources';
export * from './studies';
export * from './synthesis';
export * from './tagging';
export type * from './types';
export * from './workspaces';
