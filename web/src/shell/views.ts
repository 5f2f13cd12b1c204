import type { Role } from '../generated/graphql.js';

/** A view that the menu links to. */
export interface View {
  readonly path: string;
  /** The key of its title in `words.menu`. */
  readonly name: 'profile' | 'keys' | 'logs' | 'administration';
  readonly roles: readonly Role[];
}

const allUserRoles: readonly Role[] = ['USER', 'ADMIN', 'ROOT'];
const administrators: readonly Role[] = ['ADMIN', 'ROOT'];

const views: readonly View[] = [
  { path: '/profile', name: 'profile', roles: allUserRoles },
  { path: '/keys', name: 'keys', roles: allUserRoles },
  { path: '/logs', name: 'logs', roles: allUserRoles },
  { path: '/administration', name: 'administration', roles: administrators },
];

/** The views that a role can use, in the order of the menu. */
export const getViews = (role: Role): readonly View[] => views.filter(({ roles }) => roles.includes(role));
