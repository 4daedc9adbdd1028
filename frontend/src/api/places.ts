/** Where the person who is signed in stopped in a source. */

import { getCsrfToken } from './errors';
import * as server from './generated';
import { workspaceUrl } from './workspaces';

export type ReadingPlace = server.ReadingPlace;
export type PlaceToKeep = server.ReadingPlaceInputRequest;

const at = (workspaceId: string, sourceId: string) => ({
  workspace_id: workspaceId,
  source_id: sourceId,
});

/** Null where they never stopped. */
export const readPlace = async (
  workspaceId: string,
  sourceId: string,
): Promise<ReadingPlace | null> => {
  const place = await server.sourceReadPlace({ path: at(workspaceId, sourceId) });
  return place && 'updated_at' in place ? place : null;
};

export const savePlace = (workspaceId: string, sourceId: string, place: PlaceToKeep) =>
  server.sourceSavePlace({ path: at(workspaceId, sourceId), body: place });

/** Saves on the way out: the request outlives the page. */
export function leavePlace(workspaceId: string, sourceId: string, place: PlaceToKeep): void {
  void fetch(`${workspaceUrl(workspaceId)}/sources/${sourceId}/place`, {
    method: 'PUT',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': getCsrfToken() },
    body: JSON.stringify(place),
  }).catch(() => undefined);
}
