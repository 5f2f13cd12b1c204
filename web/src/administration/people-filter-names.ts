/** What people can be narrowed to, by the names that it has in the address. */
export const filterNames = ['search', 'role', 'status', 'twoFactor', 'order'] as const;

/** Everything that people are narrowed to. */
export type PeopleFilterNames = (typeof filterNames)[number];
