import { defineEntity, p } from '@mikro-orm/core';

/**
 * How far a receiver outside has got the sealed events, and which process sends to it. A process that dies loses its
 * lease (docs/decisions/057-events-to-a-siem.md).
 */
export const EventStreamEntity = defineEntity({
  name: 'EventStream',
  tableName: 'event_streams',
  properties: {
    /** `syslog`. */
    name: p.text().primary(),
    /** The seal of the last event that was sent; 0 if none was. */
    seal: p.integer(),
    /** The hash of that seal; empty if there is none. */
    hash: p.text(),
    /** The position of the event in its seal, from 1 on. */
    event: p.integer(),
    /** The process that sends; null if none does. */
    holder: p.uuid().nullable(),
    /** When others may send instead, by the clock of the database. */
    heldUntil: p.datetime().nullable(),
  },
});
