import { defineEntity, p } from '@mikro-orm/core';

/** A key pair that signs identity tokens. The key of the highest generation that has begun to sign is used. */
export const SigningKeyEntity = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    /** The thumbprint of the public key (RFC 7638). */
    kid: p.text().primary(),
    /** Counts the rotations. Being unique, it lets one of several processes create the next key. */
    generation: p.integer().unique(),
    /** The private key, which contains the public one: whoever writes to the database can't publish a key. */
    keyCiphertext: p.text(),
    createdAt: p.datetime(),
    /** When it begins to sign, after services had time to fetch its public key. */
    signsFrom: p.datetime(),
    /** When its last token has ended; null while no newer key replaces it. */
    endsAt: p.datetime().nullable().index(),
  },
});
