import type { UserOrderField, UserPlace } from './find-users.js';

/** A moment as `find-users.ts` writes it. */
const moment = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.\d{6}Z$/;

/** Whether the calendar has it: a made-up one may be the 30th of February. */
function isMoment(text: string): boolean {
  const [, seconds = ''] = moment.exec(text) ?? [];
  const parsed = new Date(`${seconds}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(seconds);
}

const isName = (text: string): boolean => /^[!-~]{1,64}$/.test(text);
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isValueOf: Readonly<Record<UserOrderField, (text: string) => boolean>> = {
  CREATED_AT: isMoment,
  LAST_LOGIN_AT: isMoment,
  USERNAME: isName,
};

/** The cursor of a place in a list of this order: opaque, and of no use in a list of another one. */
export const toUserCursor = (field: UserOrderField, { value, id }: UserPlace): string =>
  Buffer.from([field, value, id].join(' ')).toString('base64url');

/** Reads the cursors of a list of this order; null for what is none. */
export const userCursorReader =
  (field: UserOrderField) =>
  (cursor: string): UserPlace | null => {
    const [of, value = '', id = '', ...more] = Buffer.from(cursor, 'base64url').toString().split(' ');
    return of === field && isValueOf[field](value) && uuid.test(id) && more.length === 0 ? { value, id } : null;
  };
