/** The filters of security events, by their names in the URL. */
export const eventFilterNames = ['type', 'outcome', 'ip', 'from', 'to', 'user', 'actor'] as const;

/** The name of a filter. */
export type EventFilterName = (typeof eventFilterNames)[number];
