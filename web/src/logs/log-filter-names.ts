/** What logs can be narrowed to, by the names that it has in the address. */
export const filterNames = ['whose', 'user', 'period', 'from', 'to', 'type', 'key', 'model', 'request'] as const;

/** Everything that logs are narrowed to. */
export type LogFilterNames = (typeof filterNames)[number];
