/** A workspace, its members, its room for recordings and its jobs. */

import * as server from './generated';

const at = (workspaceId: string) => ({ workspace_id: workspaceId });

/** Where everything of a workspace begins, for addresses that are not fetched by the client. */
export const workspaceUrl = (workspaceId: string) => `/api/workspaces/${workspaceId}`;

export const readWorkspace = (workspaceId: string) =>
  server.workspaceRead({ path: at(workspaceId) });

export const updateWorkspace = (workspaceId: string, changes: server.PatchedWorkspaceRequest) =>
  server.workspaceUpdate({ path: at(workspaceId), body: changes });

export const readStorage = (workspaceId: string) => server.storageRead({ path: at(workspaceId) });

export const listMembers = (workspaceId: string) => server.membersList({ path: at(workspaceId) });

export const createMember = (workspaceId: string, member: server.MemberInputRequest) =>
  server.membersCreate({ path: at(workspaceId), body: member });

export const updateMember = (
  workspaceId: string,
  memberId: string,
  changes: server.PatchedMemberRoleRequest,
) =>
  server.memberUpdate({
    path: { ...at(workspaceId), membership_id: memberId },
    body: changes,
  });

export const makePasswordLink = (workspaceId: string, memberId: string) =>
  server.memberPasswordLink({ path: { ...at(workspaceId), membership_id: memberId } });

export const deleteMember = (workspaceId: string, memberId: string) =>
  server.memberDelete({ path: { ...at(workspaceId), membership_id: memberId } });

export const listJobs = (
  workspaceId: string,
  filters: { active?: boolean; session?: string } = {},
) => server.jobsList({ path: at(workspaceId), query: filters });

export const cancelJob = (workspaceId: string, jobId: string) =>
  server.jobCancel({ path: { ...at(workspaceId), job_id: jobId } });

export const retryJob = (workspaceId: string, jobId: string) =>
  server.jobRetry({ path: { ...at(workspaceId), job_id: jobId } });
