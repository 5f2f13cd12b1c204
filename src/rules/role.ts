import { administratorRoles, type AdministratorRole } from '../config/setting-conflicts.js';

export const roles = ['USER', 'ADMIN', 'ROOT', 'SERVICE'] as const;

/** What an account may do. SERVICE is the machine account of a gateway, which stands beside the others. */
export type Role = (typeof roles)[number];

/** The one table of ranks. A machine account stands below ROOT alone. */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether an account of one role may manage an account of another: only of a lower one. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];

/** Whether a role reaches what `required` does. SERVICE reaches only what asks for exactly SERVICE. */
export const reaches = (role: Role, required: Role): boolean =>
  required === 'SERVICE' || role === 'SERVICE' ? role === required : rank[role] >= rank[required];

/** Whether a role manages other accounts. */
export const isAdministrator = (role: Role): role is AdministratorRole =>
  (administratorRoles as readonly Role[]).includes(role);
