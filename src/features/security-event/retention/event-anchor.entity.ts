import { defineEntity, p } from '@mikro-orm/core';

/**
 * Where the chain of seals begins since retention deleted its start: the last deleted seal. It is signed, so that only
 * a server can move it. The one with the greatest number counts.
 */
export const EventAnchorEntity = defineEntity({
  name: 'EventAnchor',
  tableName: 'event_anchors',
  properties: {
    /** The number of the last deleted seal. */
    number: p.integer().primary().autoincrement(false),
    /** Its hash, which the next seal contains. */
    hash: p.text(),
    /** How many events it had. */
    events: p.integer(),
    sealedAt: p.datetime(),
    /** HMAC of all fields above, as `key.code`. */
    mac: p.text(),
  },
});
