import { decodeBase62, encodeBase62 } from '../crypto/base62.js';
import { MAX_ID } from '../database/connection/id.js';

/** The types that have an ID, and the prefix of their IDs. */
const prefixes = {
  User: 'user',
  Session: 'session',
  SecurityEvent: 'event',
  CallKey: 'callkey',
  ApiToken: 'apitoken',
  AccessToken: 'accesstoken',
  UsageLog: 'usagelog',
  Passkey: 'passkey',
  TrustedBrowser: 'browser',
  Webhook: 'webhook',
  WebhookDelivery: 'delivery',
} as const;

export type NodeType = keyof typeof prefixes;

/** Number of base62 digits for the 128 bits of a UUID. */
const UUID_DIGITS = 22;
const UUID_BITS = 128n;

/** The public ID of a row: opaque, with its type as a prefix, e.g. `session_0aZ…`. */
export const toGlobalId = (type: NodeType, uuid: string): string => `${prefixes[type]}_${encodeUuid(uuid)}`;

/** The row ID in a public ID of this type; null for anything else, which is treated like an unknown ID. */
export function fromGlobalId(type: NodeType, id: string): string | null {
  const prefix = `${prefixes[type]}_`;
  return id.startsWith(prefix) ? decodeUuid(id.slice(prefix.length)) : null;
}

/** The row ID for a filter; null if there is no filter. An invalid ID is replaced by one that no row has. */
export const filterId = (type: NodeType, id: string | null | undefined): string | null =>
  id == null ? null : (fromGlobalId(type, id) ?? MAX_ID);

/** The 128 bits of a UUID as a number. */
const toNumber = (uuid: string): bigint =>
  BigInt(`0x${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(14, 18)}${uuid.slice(19, 23)}${uuid.slice(24)}`);

/** Caches the last ID, because a list encodes each row's ID twice: as its cursor and as its public ID. */
let latest = { uuid: '', digits: '' };

/** Encodes a UUID in base62, for public IDs and cursors. */
export function encodeUuid(uuid: string): string {
  if (latest.uuid !== uuid) latest = { uuid, digits: encodeBase62(toNumber(uuid), UUID_DIGITS) };
  return latest.digits;
}

/** Decodes a UUID from base62; null for anything else. */
export function decodeUuid(digits: string): string | null {
  const value = digits.length === UUID_DIGITS ? decodeBase62(digits) : null;
  if (value === null || value >> UUID_BITS > 0n) return null;
  return value
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The type and the row ID in any public ID; null if it is invalid. */
export function parseGlobalId(id: string): { readonly type: NodeType; readonly uuid: string } | null {
  for (const type of Object.keys(prefixes) as NodeType[]) {
    const uuid = fromGlobalId(type, id);
    if (uuid !== null) return { type, uuid };
  }
  return null;
}
