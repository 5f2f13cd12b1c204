import { administratorRoles, type AdministratorRole } from '../config/setting-conflicts.js';

export const roles = ['USER', 'ADMIN', 'ROOT', 'SERVICE'] as const;

/** What an account may do. SERVICE is for the service account of a gateway, outside the ranks of users. */
export type Role = (typeof roles)[number];

/** The only table of ranks. A service account ranks only below ROOT. */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether one role may manage accounts of another: only of a lower one. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];

/** Whether a role satisfies `required`. SERVICE satisfies only SERVICE, and only SERVICE satisfies it. */
export const satisfiesRole = (role: Role, required: Role): boolean =>
  required === 'SERVICE' || role === 'SERVICE' ? role === required : rank[role] >= rank[required];

/** Whether a role may manage other accounts. */
export const isAdministrator = (role: Role): role is AdministratorRole =>
  (administratorRoles as readonly Role[]).includes(role);
