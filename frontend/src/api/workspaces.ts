/** A workspace, its members and its jobs. */

import { request } from './request';
import type { Job, Member, Page, Role, Workspace } from './types';

export const workspaceUrl = (workspaceId: string) => `/api/workspaces/${workspaceId}`;

export const readWorkspace = (workspaceId: string) =>
  request<Workspace>('GET', workspaceUrl(workspaceId));

export const updateWorkspace = (
  workspaceId: string,
  changes: Partial<Pick<Workspace, 'name' | 'speech_model'>>,
) => request<Workspace>('PATCH', workspaceUrl(workspaceId), { body: changes });

export const listMembers = (workspaceId: string) =>
  request<Page<Member>>('GET', `${workspaceUrl(workspaceId)}/members`);

export const createMember = (
  workspaceId: string,
  member: { email: string; name: string; role: Role; password?: string },
) => request<Member>('POST', `${workspaceUrl(workspaceId)}/members`, { body: member });

export const updateMember = (workspaceId: string, memberId: string, changes: { role: Role }) =>
  request<Member>('PATCH', `${workspaceUrl(workspaceId)}/members/${memberId}`, { body: changes });

export const deleteMember = (workspaceId: string, memberId: string) =>
  request<void>('DELETE', `${workspaceUrl(workspaceId)}/members/${memberId}`);

export const listJobs = (
  workspaceId: string,
  filters: { active?: boolean; session?: string } = {},
) => request<Page<Job>>('GET', `${workspaceUrl(workspaceId)}/jobs`, { query: filters });

export const cancelJob = (workspaceId: string, jobId: string) =>
  request<Job>('POST', `${workspaceUrl(workspaceId)}/jobs/${jobId}/cancel`);

export const retryJob = (workspaceId: string, jobId: string) =>
  request<Job>('POST', `${workspaceUrl(workspaceId)}/jobs/${jobId}/retry`);
