import type { CallKeyRow } from './find-call-keys.js';

const moment = (text: Date | null) => text && new Date(text);

/**
 * A call key as the statement that wrote it returned it, whose connection leaves moments and whole numbers of 64 bits
 * as text. Nothing has to be read again after a secret was made, so that no fault of a read loses the secret.
 */
export const asWritten = (row: CallKeyRow): CallKeyRow => ({
  ...row,
  createdAt: new Date(row.createdAt),
  expiresAt: moment(row.expiresAt),
  lastUsedAt: moment(row.lastUsedAt),
  oldKeyValidUntil: moment(row.oldKeyValidUntil),
  quotaLeft: row.quotaLeft === null ? null : BigInt(row.quotaLeft),
  quotaUsed: BigInt(row.quotaUsed),
});
