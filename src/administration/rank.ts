import type { Role } from '../account/account.entity.js';

/** How high a role stands. A machine account is below ROOT alone (decision 1). */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether somebody of one role may act on somebody of another: on who is below alone. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];
