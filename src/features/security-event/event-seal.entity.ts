import { defineEntity, p } from '@mikro-orm/core';

/** A seal stays as it is, but that a rotation of keys makes its code anew. */
const sealStays =
  "if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are';";

/**
 * One link of the chain that makes tampering with security events evident: it vouches for a batch of events by
 * their digests, and for the seal before it. It names its events one by one, since an event can be committed after
 * later ones were sealed (docs/decisions/013-security-event-seals.md).
 */
export const EventSealEntity = defineEntity({
  name: 'EventSeal',
  tableName: 'event_seals',
  triggers: [{ name: 'append_only', timing: 'before', events: ['update', 'delete'], forEach: 'row', body: sealStays }],
  properties: {
    /** 1, 2, 3, …, without a gap. The primary key lets one sealer of several have a number. */
    number: p.integer().primary().autoincrement(false),
    sealedAt: p.datetime(),
    /** Whether it took every event that was there, rather than as many as one seal holds. */
    complete: p.boolean(),
    /** In ascending order; their digests stand in the same places. */
    eventIds: p.array().columnType('uuid[]'),
    eventDigests: p.array(),
    /** The greatest of its ids bounds the search for what is sealed already. */
    lastEventId: p.uuid(),
    previousHash: p.text(),
    /** SHA-256 of everything above. It is what the log tells, and the same whatever key signs it. */
    hash: p.text(),
    /** HMAC of the hash, as `key.code`. */
    mac: p.text(),
  },
  indexes: [{ properties: ['lastEventId'] }],
  checks: [
    {
      name: 'event_seals_digest_of_each_event',
      expression: 'cardinality("event_ids") = cardinality("event_digests") and cardinality("event_ids") > 0',
    },
  ],
});
