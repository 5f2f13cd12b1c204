import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest, Position, SortedPosition } from '../../database/read/keyset.js';
import { badUserInput } from '../errors.js';
import { decodeUuid, encodeUuid } from '../../rules/global-id.js';

/** Default and maximum number of entries on a page (R-87). */
export const DEFAULT_PAGE_SIZE = 20;
export const MAXIMUM_PAGE_SIZE = 100;

/** The arguments of every connection (Relay, GraphQL Cursor Connections Specification). */
@ArgsType()
export abstract class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'Number of entries from the start, or after a cursor: 1 to 100, 20 by default.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the entry before the page.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of entries from the end, or before a cursor: 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the entry after the page.' })
  before?: string | null;
}

/** The value that a list is sorted by, before the ID. */
export interface Sort {
  /** Names the sort, so that a list rejects the cursor of another sort. */
  readonly name: string;
  /** Validates the value in a cursor, which comes from a client. */
  readonly isValid: (text: string) => boolean;
}

/** Encodes a position as a cursor: the ID, and for a sorted list also the name of the sort and the value. */
export const toCursor = ({ id, value }: Position & Partial<SortedPosition>, sort?: Pick<Sort, 'name'>): string =>
  sort ? `${encodeUuid(id)}.${Buffer.from(`${sort.name} ${value}`).toString('base64url')}` : encodeUuid(id);

function parseIdCursor(cursor: string): Position | null {
  const id = decodeUuid(cursor);
  return id === null ? null : { id };
}

function parseSortedCursor(cursor: string, sort: Sort): SortedPosition | null {
  const [digits = '', encodedValue = ''] = cursor.split('.');
  const id = decodeUuid(digits);
  const value = Buffer.from(encodedValue, 'base64url')
    .toString()
    .slice(sort.name.length + 1);
  if (id === null || !sort.isValid(value)) return null;
  // Base64 can encode a text in several ways; only the canonical one is accepted.
  return toCursor({ id, value }, sort) === cursor ? { id, value } : null;
}

function parseArgs<Cursor extends Position>(
  { first, after, last, before }: PageArgs,
  parseCursor: (cursor: string) => Cursor | null,
): PageRequest<Cursor> {
  if (first != null && last != null) throw badUserInput('Use first or last, not both.');
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAXIMUM_PAGE_SIZE) throw badUserInput(`A page can have 1 to ${MAXIMUM_PAGE_SIZE} entries.`);
  const parsePosition = (cursor: string | null | undefined): Cursor | null => {
    if (cursor == null) return null;
    const position = parseCursor(cursor);
    if (position === null) throw badUserInput('Invalid cursor. Use one from an earlier response.');
    return position;
  };
  return { size, backward: last != null, after: parsePosition(after), before: parsePosition(before) };
}

/**
 * Parses the arguments of a list that is ordered by ID.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for a size that is not from 1 to 100, both `first` and `last`, or a cursor that
 * such a list has not created
 */
export const parsePageArgs = (args: PageArgs): PageRequest => parseArgs(args, parseIdCursor);

/** The same for a list that is sorted by another value. */
export const parseSortedPageArgs = (args: PageArgs, sort: Sort): PageRequest<SortedPosition> =>
  parseArgs(args, (cursor) => parseSortedCursor(cursor, sort));
