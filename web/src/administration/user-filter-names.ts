/** The filters of users, by their names in the URL. */
export const filterNames = ['search', 'role', 'status', 'twoFactor', 'order'] as const;

/** The name of a filter. */
export type UserFilterNames = (typeof filterNames)[number];
