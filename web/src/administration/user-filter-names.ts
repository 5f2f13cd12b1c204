/** The filters of users, by their names in the URL. */
export const userFilterNames = ['search', 'role', 'status', 'twoFactor', 'order'] as const;

/** The name of a filter. */
export type UserFilterName = (typeof userFilterNames)[number];
