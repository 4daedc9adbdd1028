/** Who is signed in and the workspace being looked at. */

import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { keys, readSignIn, type SignIn, type User, type WorkspaceRef } from '@/api';

export interface CurrentWorkspace extends WorkspaceRef {
  user: User;
}

const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

export function WorkspaceProvider(props: { workspace: CurrentWorkspace; children: ReactNode }) {
  return <WorkspaceContext value={props.workspace}>{props.children}</WorkspaceContext>;
}

/** The current workspace: its id, the person's role in it, and what that role may do. */
export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace is only for pages inside a workspace.');
  return workspace;
}

export function useSignIn() {
  return useQuery<SignIn>({ queryKey: keys.signIn(), queryFn: readSignIn, staleTime: 60_000 });
}
