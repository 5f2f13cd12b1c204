/** The filters of logs, by their names in the URL. */
export const filterNames = ['scope', 'user', 'period', 'from', 'to', 'type', 'key', 'model', 'request'] as const;

/** The name of a filter. */
export type LogFilterNames = (typeof filterNames)[number];
