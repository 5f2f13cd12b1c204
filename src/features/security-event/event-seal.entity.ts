import { defineEntity, p } from '@mikro-orm/core';

/** Seals are immutable, except that key rotation renews their `mac`, and that retention deletes them. */
const immutableSealTrigger =
  "if tg_op = 'DELETE' and current_setting('postern.event_retention', true) = 'on' then return old; end if; if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are';";

/**
 * A link of the chain that makes tampering with security events evident: it signs a batch of events by their
 * digests, and the previous seal. It lists the IDs of its events, because an event can commit after later ones were
 * sealed (docs/decisions/013-security-event-seals.md).
 */
export const EventSealEntity = defineEntity({
  name: 'EventSeal',
  tableName: 'event_seals',
  triggers: [
    { name: 'append_only', timing: 'before', events: ['update', 'delete'], forEach: 'row', body: immutableSealTrigger },
  ],
  properties: {
    /** 1, 2, 3, …, without gaps. As the primary key, it lets only one of several concurrent seals get a number. */
    number: p.integer().primary().autoincrement(false),
    sealedAt: p.datetime(),
    /** Whether it sealed all remaining events, or only as many as one seal can contain. */
    complete: p.boolean(),
    /** In ascending order; `eventDigests` has the same order. */
    eventIds: p.array().columnType('uuid[]'),
    eventDigests: p.array(),
    /** The greatest of its IDs, which bounds the search for sealed events. */
    lastEventId: p.uuid(),
    previousHash: p.text(),
    /** SHA-256 of all fields above. It is logged, and doesn't change with the signing key. */
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
