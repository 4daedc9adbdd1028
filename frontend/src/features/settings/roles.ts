/** Roles in words. */

import type { Role } from '@/api';

export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: 'owner', label: 'Owner', may: 'everything, and says who may come in' },
  { value: 'researcher', label: 'Researcher', may: 'adds recordings, corrects, marks, sees names' },
  { value: 'product', label: 'Product', may: 'searches, listens, writes insights' },
  { value: 'viewer', label: 'Viewer', may: 'looks and listens' },
];

export function getRoleName(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
