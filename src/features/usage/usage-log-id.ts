import { hashName } from '../../crypto/name-hash.js';
import { idOfHash } from '../../database/connection/id.js';

/**
 * The id of a call's log: of its moment, and of what its call key's gateway calls it. So a call that is sent again
 * meets the primary key (docs/decisions/018-usage-log-partitions.md).
 *
 * @param callKey the bytes of the key's id, which are read once for all its calls
 */
export const usageLogId = (at: Date, callKey: Uint8Array, requestId: string): string =>
  idOfHash(at, hashName(callKey, requestId));
