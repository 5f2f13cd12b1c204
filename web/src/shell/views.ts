import type { Role } from '../generated/graphql.js';

/** A view that the menu leads to. */
export interface View {
  readonly path: string;
  /** The name of its words in the menu. */
  readonly name: 'profile' | 'keys' | 'logs' | 'administration';
  readonly roles: readonly Role[];
}

const everybody: readonly Role[] = ['USER', 'ADMIN', 'ROOT'];
const administrators: readonly Role[] = ['ADMIN', 'ROOT'];

const views: readonly View[] = [
  { path: '/profile', name: 'profile', roles: everybody },
  { path: '/keys', name: 'keys', roles: everybody },
  { path: '/logs', name: 'logs', roles: everybody },
  { path: '/administration', name: 'administration', roles: administrators },
];

/** The views that somebody of a role can use, in the order of the menu. */
export const viewsFor = (role: Role): readonly View[] => views.filter(({ roles }) => roles.includes(role));
