import { sql, type RawBuilder } from 'kysely';
import { isStorableTime } from '../../database/read/storable-time.js';

/** The field a list of users is sorted by. */
export type UserOrderField = 'CREATED_AT' | 'USERNAME' | 'LAST_LOGIN_AT';

/** The order of a list of users. */
export interface UserOrder {
  readonly field: UserOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** The value that users are sorted by, before their ID. */
interface UserSort {
  readonly name: UserOrderField;
  readonly key: RawBuilder<unknown>;
  /** The key as lossless text; a `Date` would drop the microseconds. */
  readonly text: RawBuilder<string>;
  /** Converts text to a value that compares with the key. */
  readonly parse: (text: string) => RawBuilder<unknown>;
  /** Validates text from a cursor, which comes from a client. */
  readonly isValid: (text: string) => boolean;
}

/** The timestamp format of `sortByTime`. */
const timestampPattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.\d{6}Z$/;

/** Whether a date exists and can be stored; a forged cursor can contain February 30 or the year 0. */
function isTimestamp(text: string): boolean {
  const [, seconds = ''] = timestampPattern.exec(text) ?? [];
  const parsed = new Date(`${seconds}Z`);
  return isStorableTime(parsed) && parsed.toISOString().startsWith(seconds);
}

const sortByTime = (name: UserOrderField, key: RawBuilder<unknown>): UserSort => ({
  name,
  key,
  text: sql<string>`to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  parse: (text) => sql`${text}::timestamptz`,
  isValid: isTimestamp,
});

/** The sort of each order field. Users who never signed in are sorted as if they had signed in first. */
export const userSorts: Readonly<Record<UserOrderField, UserSort>> = {
  CREATED_AT: sortByTime('CREATED_AT', sql`accounts.created_at`),
  LAST_LOGIN_AT: sortByTime('LAST_LOGIN_AT', sql`coalesce(accounts.last_login_at, timestamptz 'epoch')`),
  USERNAME: {
    name: 'USERNAME',
    key: sql`accounts.username`,
    text: sql<string>`accounts.username`,
    parse: (text) => sql`${text}`,
    isValid: (text) => /^[!-~]{1,64}$/.test(text),
  },
};
