import { sql, type Expression } from 'kysely';
import type { Db } from './select.js';

/** Where a row stands in a list that is ordered by id. */
export interface Position {
  readonly id: string;
}

/** Where a row stands in a list that is sorted by another value: the value as text, then the id among equal values. */
export interface SortedPosition extends Position {
  readonly value: string;
}

/** Which page of a list is asked for: rows after or before a position, never the rows from a number on. */
export interface PageRequest<At extends Position = Position> {
  /** The most rows that the page has. */
  readonly size: number;
  /** Whether the page is counted from the end, with `last` and `before`. */
  readonly backward: boolean;
  readonly after: At | null;
  readonly before: At | null;
}

/** A page of rows, in the order of the list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The most rows that a statement reads: one more than the page has, which tells whether there are more. */
export const rowLimit = ({ size }: PageRequest): number => size + 1;

/** Makes the page of what a statement found, whose rows come in the page's direction and are `rowLimit` at the most. */
export function cutPage<Row>(found: readonly Row[], { size, backward, after, before }: PageRequest): Page<Row> {
  const more = found.length > size;
  const rows = found.slice(0, size);
  return backward
    ? { rows: rows.reverse(), hasNextPage: before !== null, hasPreviousPage: more }
    : { rows, hasNextPage: more, hasPreviousPage: after !== null };
}

/** A page of a list by id as the parameters of a compiled statement. */
export interface PageParameters {
  readonly after: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The parameters of a statement that asks for this page. */
export const pageParameters = (page: PageRequest): PageParameters => ({
  after: page.after?.id ?? null,
  before: page.before?.id ?? null,
  limit: rowLimit(page),
});

/** Whether an id is between the ends of a page. The newest row comes first, so the rows after it have smaller ids. */
export const isOnPage = (id: Expression<string>, { after, before }: PageParameters) =>
  sql<boolean>`(${after}::uuid is null or ${id} < ${after}) and (${before}::uuid is null or ${id} > ${before})`;

/** The accounts that one statement reads the rows of. Join each laterally with its own page. */
export const fromOwners = (db: Db, accountIds: readonly string[]) =>
  db.selectFrom(sql<{ account_id: string }>`unnest(${accountIds}::uuid[])`.as<'owners'>(sql`owners (account_id)`));
