import { Field, ObjectType, type ClassType } from 'type-graphql';
import type { Page, Position, SortedPosition } from '../../database/read/keyset.js';
import { toCursor, type Sort } from './page.js';

@ObjectType('PageInfo', { description: 'The position of a page in the whole list.', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there are entries after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are entries before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first entry; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last entry; null on an empty page.' })
  endCursor!: string | null;
}

/** An entry of a connection: a node and its cursor. */
export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page of nodes (Relay, GraphQL Cursor Connections Specification). */
export interface Connection<Node> {
  readonly edges: Edge<Node>[];
  readonly pageInfo: PageInfoType;
}

/** The schema's descriptions of a list. */
interface ListDescriptions {
  readonly connection: string;
  readonly edges: string;
  readonly edge: string;
  readonly node: string;
}

/**
 * Creates the GraphQL types of a list, `<name>Connection` and `<name>Edge`. Use the result in `@FieldResolver(() =>
 * X)`; its values are `Connection<Node>`.
 */
export function connectionType<Node extends object>(
  nodeType: ClassType<Node>,
  name: string,
  descriptions: ListDescriptions,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: descriptions.edge, simpleResolvers: true })
  class EdgeType implements Edge<Node> {
    @Field(() => String, { description: 'The position in the list, for after and before.' })
    cursor!: string;

    @Field(() => nodeType, { description: descriptions.node })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: descriptions.connection, simpleResolvers: true })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType], { description: descriptions.edges })
    edges!: EdgeType[];

    @Field(() => PageInfoType, { description: 'The position of the page.' })
    pageInfo!: PageInfoType;
  }

  return ConnectionType;
}

/** A page of rows as a connection of nodes. `sort` is what the list is sorted by; omit it if it is ordered by ID. */
export function toConnection<Row extends Position & Partial<SortedPosition>, Node>(
  { rows, hasNextPage, hasPreviousPage }: Page<Row>,
  toNode: (row: Row) => Node,
  sort?: Sort,
): Connection<Node> {
  const edges = rows.map((row) => ({ cursor: toCursor(row, sort), node: toNode(row) }));
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
