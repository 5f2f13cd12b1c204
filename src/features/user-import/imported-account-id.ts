import { lastingHash } from '../../crypto/lasting-hash.js';
import { idFromHash } from '../../database/connection/id.js';

/** Imported accounts have no time in their ID: it stays the same whenever the user is imported. */
const NO_TIME = new Date(0);

/**
 * The ID of the account of a user of another system. It is always the same, so that no user is imported twice, even
 * after the account was renamed or erased. Without the key, it doesn't reveal who the user is
 * (docs/decisions/059-importing-users.md).
 */
export const importedAccountId = (key: Buffer, identity: string): string =>
  idFromHash(NO_TIME, Buffer.from(lastingHash(key, `import ${identity}`), 'base64url'));
