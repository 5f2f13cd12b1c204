import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A passkey (WebAuthn credential) of an account. It is a second factor, and may sign in alone. */
export const PasskeyEntity = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  checks: [{ name: 'passkeys_name_length', expression: 'char_length(name) >= 1 and char_length(name) <= 64' }],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    /** The credential ID, in base64url; unique over all accounts. */
    credentialId: p.text().unique(),
    /** The COSE public key, encrypted for this row, so that whoever writes to the database can't add a key. */
    publicKeyCiphertext: p.text(),
    /** The RP ID that it was registered for. */
    rpId: p.text(),
    name: p.text(),
    /** Tells the provider. */
    aaguid: p.text(),
    /** How the browser reaches its authenticator, as the browser reported it. */
    transports: p.string().array().columnType('text[]'),
    /** The signature counter of its last use. */
    counter: p.bigint('bigint'),
    /** The flag BE, which never changes. */
    backupEligible: p.boolean(),
    /** The flag BS at its last use. */
    backedUp: p.boolean(),
    /** Whether it was registered as discoverable and with user verification, or has signed in alone. */
    signsIn: p.boolean(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});
