import { administratorRoles, type AdministratorRole } from '../config/setting-conflicts.js';

export const roles = ['USER', 'ADMIN', 'ROOT', 'SERVICE'] as const;

/** The role of an account. SERVICE is for service accounts of gateways. */
export type Role = (typeof roles)[number];

/** The rank of each role. Only ROOT can manage service accounts. */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether one role may manage accounts of another: only of a lower one. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];

/** Whether a role is at least `required`. SERVICE satisfies only SERVICE, and no other role satisfies it. */
export const satisfiesRole = (role: Role, required: Role): boolean =>
  required === 'SERVICE' || role === 'SERVICE' ? role === required : rank[role] >= rank[required];

/** Whether a role may manage other accounts. */
export const isAdministrator = (role: Role): role is AdministratorRole =>
  (administratorRoles as readonly Role[]).includes(role);
