import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { badUserInput } from '../errors.js';
import { fromCursor, toCursor } from './global-id.js';
import { DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE } from './page-size.js';

/** The arguments of every connection (Relay, GraphQL Cursor Connections Specification). */
@ArgsType()
export abstract class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'So many entries from the start, or after a cursor: 1 to 100, 20 if nothing is said.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the entry before the page.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'So many entries from the end, or before a cursor: 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the entry after the page.' })
  before?: string | null;
}

/**
 * Which page is wanted: so many rows after or before a place in the list, which is a row's id where the list is ordered
 * by that.
 */
export interface PageWish<Place = string> {
  readonly size: number;
  /** Whether the page is counted from the end, with `last` and `before`. */
  readonly backward: boolean;
  readonly after: Place | null;
  readonly before: Place | null;
}

/** What one statement found of a page: one row more than wanted, if there are more. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

@ObjectType('PageInfo', { description: 'Where a page stands in the whole list.', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are entries after it.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are entries before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first entry; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last entry; null on an empty page.' })
  endCursor!: string | null;
}

/** An entry of a connection: a row and where it stands. */
export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page as the schema shows it. */
export interface Connection<Node> {
  readonly edges: Edge<Node>[];
  readonly pageInfo: PageInfoType;
}

/**
 * Reads the arguments of a connection.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for a size that is not from 1 to 100, both `first` and `last`, and a cursor
 * that is none
 */
export const readPage = (page: PageArguments): PageWish => readPageOf(page, fromCursor);

/** The same, of a list that is ordered by something else than the id; a cursor is read by what made it. */
export function readPageOf<Place>(
  { first, after, last, before }: PageArguments,
  readCursor: (cursor: string) => Place | null,
): PageWish<Place> {
  if (first != null && last != null) throw badUserInput('Give first or last, not both.');
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > LARGEST_PAGE_SIZE) throw badUserInput(`A page has 1 to ${LARGEST_PAGE_SIZE} entries.`);
  const placeOf = (cursor: string | null | undefined): Place | null => {
    if (cursor == null) return null;
    const place = readCursor(cursor);
    if (place === null) throw badUserInput('This is not a cursor that an answer gave.');
    return place;
  };
  return { size, backward: last != null, after: placeOf(after), before: placeOf(before) };
}

/** Cuts what a statement found, which asked for one row more than wanted, to the page. */
export function cutPage<Row>(found: readonly Row[], { size, backward, after, before }: PageWish<unknown>): Page<Row> {
  const more = found.length > size;
  const rows = found.slice(0, size);
  return backward
    ? { rows: rows.reverse(), hasNextPage: before !== null, hasPreviousPage: more }
    : { rows, hasNextPage: more, hasPreviousPage: after !== null };
}

/** A page of rows as a connection of nodes. */
export const toConnection = <Row extends { readonly id: string }, Node>(
  page: Page<Row>,
  toNode: (row: Row) => Node,
): Connection<Node> => toConnectionOf(page, toNode, ({ id }) => toCursor(id));

/** The same, of a list that is ordered by something else than the id. */
export function toConnectionOf<Row, Node>(
  { rows, hasNextPage, hasPreviousPage }: Page<Row>,
  toNode: (row: Row) => Node,
  cursorOf: (row: Row) => string,
): Connection<Node> {
  const edges = rows.map((row) => ({ cursor: cursorOf(row), node: toNode(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
