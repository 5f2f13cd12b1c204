import { defineEntity, p } from '@mikro-orm/core';

/** The consecutive failures of a bucket, e.g. of the password of one account from unknown devices. */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  properties: {
    /** Built only from facts that the server knows, e.g. `password:stranger:<account id>`. */
    bucket: p.text().primary(),
    failures: p.integer(),
    lockedUntil: p.datetime().nullable(),
    /** When the failures expire; null if only a correct proof clears them. */
    forgottenAt: p.datetime().nullable().index(),
  },
});
