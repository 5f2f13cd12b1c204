import { decodeBase62, encodeBase62 } from '../../crypto/base62.js';
import { MAX_ID } from '../../database/connection/id.js';

/** The types that have an id, each with the prefix that its ids bear. */
const prefixes = {
  User: 'user',
  Session: 'session',
  SecurityEvent: 'event',
  CallKey: 'callkey',
  UsageLog: 'usagelog',
} as const;

export type NodeType = keyof typeof prefixes;

/** The base62 digits that the 128 bits of a UUID take. */
const UUID_DIGITS = 22;
const UUID_BITS = 128n;

/** The public id of a row: opaque, and saying of which type it is, e.g. `session_0aZ…`. */
export const toGlobalId = (type: NodeType, uuid: string): string => `${prefixes[type]}_${encodeUuid(uuid)}`;

/** The row's id in a public id of this type; null for anything else, which is an unknown id like any other. */
export function fromGlobalId(type: NodeType, id: string): string | null {
  const prefix = `${prefixes[type]}_`;
  return id.startsWith(prefix) ? decodeUuid(id.slice(prefix.length)) : null;
}

/** The row's id in an id of a filter, null where none is given; one that names nothing is one that no row has. */
export const filterId = (type: NodeType, id: string | null | undefined): string | null =>
  id == null ? null : (fromGlobalId(type, id) ?? MAX_ID);

/** The 128 bits of a UUID. */
const toNumber = (uuid: string): bigint =>
  BigInt(`0x${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(14, 18)}${uuid.slice(19, 23)}${uuid.slice(24)}`);

/** The id that was written last: a list writes each row's as its cursor, and at once again as its public id. */
let latest = { uuid: '', digits: '' };

/** A UUID as base62 digits, for ids and cursors that clients see. */
export function encodeUuid(uuid: string): string {
  if (latest.uuid !== uuid) latest = { uuid, digits: encodeBase62(toNumber(uuid), UUID_DIGITS) };
  return latest.digits;
}

/** The UUID that base62 digits stand for; null for anything else. */
export function decodeUuid(digits: string): string | null {
  const value = digits.length === UUID_DIGITS ? decodeBase62(digits) : null;
  if (value === null || value >> UUID_BITS > 0n) return null;
  return value
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The type and the row's id in any public id; null for what is none. */
export function parseGlobalId(id: string): { readonly type: NodeType; readonly uuid: string } | null {
  for (const type of Object.keys(prefixes) as NodeType[]) {
    const uuid = fromGlobalId(type, id);
    if (uuid !== null) return { type, uuid };
  }
  return null;
}
