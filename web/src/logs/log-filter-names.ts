/** The filters of logs, by their names in the URL. */
export const logFilterNames = ['scope', 'user', 'period', 'from', 'to', 'type', 'key', 'model', 'request'] as const;

/** The name of a filter. */
export type LogFilterName = (typeof logFilterNames)[number];
