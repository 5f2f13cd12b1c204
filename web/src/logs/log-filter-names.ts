/** The filters of logs, by their names in the URL. */
export const logFilterNames = ['scope', 'user', 'period', 'from', 'to', 'type', 'key', 'model', 'request'] as const;

export type LogFilterName = (typeof logFilterNames)[number];
