import { sql, type RawBuilder } from 'kysely';

/** What a list of people is ordered by. */
export type UserOrderField = 'CREATED_AT' | 'USERNAME' | 'LAST_LOGIN_AT';

/** The order of a list of people. */
export interface UserOrder {
  readonly field: UserOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** A value that people are sorted by before their ids. */
interface UserSort {
  readonly name: UserOrderField;
  readonly key: RawBuilder<unknown>;
  /** The key as text that loses nothing, which a `Date` would: it has no microseconds. */
  readonly text: RawBuilder<string>;
  /** A text as a value to compare the key with. */
  readonly of: (text: string) => RawBuilder<unknown>;
  /** Whether a text can be such a value: it comes from a cursor, which may be made up. */
  readonly isValue: (text: string) => boolean;
}

/** A timestamp as PostgreSQL writes it below. */
const timestamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.\d{6}Z$/;

/** Whether the calendar has it: a made-up one may be the 30th of February. */
function isTimestamp(text: string): boolean {
  const [, seconds = ''] = timestamp.exec(text) ?? [];
  const parsed = new Date(`${seconds}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(seconds);
}

const byTime = (name: UserOrderField, key: RawBuilder<unknown>): UserSort => ({
  name,
  key,
  text: sql<string>`to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  of: (text) => sql`${text}::timestamptz`,
  isValue: isTimestamp,
});

/** The sort of each order. Who never signed in stands as who did so before everybody else. */
export const userSorts: Readonly<Record<UserOrderField, UserSort>> = {
  CREATED_AT: byTime('CREATED_AT', sql`accounts.created_at`),
  LAST_LOGIN_AT: byTime('LAST_LOGIN_AT', sql`coalesce(accounts.last_login_at, timestamptz 'epoch')`),
  USERNAME: {
    name: 'USERNAME',
    key: sql`accounts.username`,
    text: sql<string>`accounts.username`,
    of: (text) => sql`${text}`,
    isValue: (text) => /^[!-~]{1,64}$/.test(text),
  },
};
