import { defineEntity, p } from '@mikro-orm/core';

/** Seals are immutable, except that key rotation renews their `mac`. */
const immutableSealTrigger =
  "if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are';";

/**
 * A link of the chain that makes tampering with security events evident: it signs a batch of events by their
 * digests, and the previous seal. It lists its events, because an event can commit after later ones were sealed
 * (docs/decisions/013-security-event-seals.md).
 */
export const EventSealEntity = defineEntity({
  name: 'EventSeal',
  tableName: 'event_seals',
  triggers: [
    { name: 'append_only', timing: 'before', events: ['update', 'delete'], forEach: 'row', body: immutableSealTrigger },
  ],
  properties: {
    /** 1, 2, 3, …, without gaps. The primary key lets one of several concurrent sealers take a number. */
    number: p.integer().primary().autoincrement(false),
    sealedAt: p.datetime(),
    /** Whether it sealed every event that existed, rather than as many as fit. */
    complete: p.boolean(),
    /** In ascending order; digests have the same order. */
    eventIds: p.array().columnType('uuid[]'),
    eventDigests: p.array(),
    /** The greatest of its ids, which bounds the search for sealed events. */
    lastEventId: p.uuid(),
    previousHash: p.text(),
    /** SHA-256 of everything above. It is written to the log and doesn't depend on the signing key. */
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
