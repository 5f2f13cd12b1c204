/** What events can be narrowed to, by the names that it has in the address. */
export const eventFilterNames = ['type', 'outcome', 'ip', 'from', 'to', 'user', 'actor'] as const;

/** Everything that events are narrowed to. */
export type EventFilterNames = (typeof eventFilterNames)[number];
