import { sql, type Expression } from 'kysely';
import type { Db } from './select.js';

/** The position of a row in a list that is ordered by ID. */
export interface Position {
  readonly id: string;
}

/** The position of a row in a list sorted by another value: the value as text, then the ID among equal values. */
export interface SortedPosition extends Position {
  readonly value: string;
}

/** The requested page of a list: rows after or before a position, never from an offset. */
export interface PageRequest<Cursor extends Position = Position> {
  /** Maximum number of rows on the page. */
  readonly size: number;
  /** Whether the page is counted from the end, with `last` and `before`. */
  readonly backward: boolean;
  readonly after: Cursor | null;
  readonly before: Cursor | null;
}

/** A page of rows, in the order of the list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Maximum number of rows to read: one more than on the page, to see whether there are more. */
export const rowLimit = ({ size }: PageRequest): number => size + 1;

/** Makes a page of the rows of a statement, which are at most `rowLimit` and in the page's direction. */
export function toPage<Row>(rows: readonly Row[], { size, backward, after, before }: PageRequest): Page<Row> {
  const hasMore = rows.length > size;
  const page = rows.slice(0, size);
  return backward
    ? { rows: page.reverse(), hasNextPage: before !== null, hasPreviousPage: hasMore }
    : { rows: page, hasNextPage: hasMore, hasPreviousPage: after !== null };
}

/** The page of a list ordered by ID, as parameters of a compiled statement. */
export interface PageParameters {
  readonly after: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The parameters of a statement for this page. */
export const pageParameters = (page: PageRequest): PageParameters => ({
  after: page.after?.id ?? null,
  before: page.before?.id ?? null,
  limit: rowLimit(page),
});

/** Whether an ID is within the bounds of a page. The newest row comes first, so the rows after it have smaller IDs. */
export const isOnPage = (id: Expression<string>, { after, before }: PageParameters) =>
  sql<boolean>`(${after}::uuid is null or ${id} < ${after}) and (${before}::uuid is null or ${id} > ${before})`;

/** The accounts whose rows one statement reads. Join each laterally with its own page. */
export const fromOwners = (db: Db, accountIds: readonly string[]) =>
  db.selectFrom(sql<{ account_id: string }>`unnest(${accountIds}::uuid[])`.as<'owners'>(sql`owners (account_id)`));
