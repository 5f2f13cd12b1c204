import { defineEntity, p } from '@mikro-orm/core';

/**
 * How many proofs were tried and failed in a row at one place, e.g. the password of one account from unknown devices.
 */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  properties: {
    /** The place, made of facts of the server alone, e.g. `password:stranger:<account id>`. */
    bucket: p.text().primary(),
    failures: p.integer(),
    lockedUntil: p.datetime().nullable(),
    /** When the failures stop counting; null where only a right proof clears them. */
    forgottenAt: p.datetime().nullable().index(),
  },
});
