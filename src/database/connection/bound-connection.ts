import {
  isRaw,
  raw,
  type AnyEntity,
  type Dictionary,
  type EntityData,
  type LoggingOptions,
  type QueryResult,
  type RawQueryFragment,
  type Transaction,
} from '@mikro-orm/core';
import { NativeQueryBuilder, type AbstractSqlConnection } from '@mikro-orm/sql';
import type { Kysely, QueryExecutor } from 'kysely';
import { bindParameters, type BoundStatement } from './bind-parameters.js';

type Query = string | NativeQueryBuilder | RawQueryFragment;
type Given = readonly unknown[] | Dictionary;
type Rows = QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[];

/**
 * Makes a connection of MikroORM send values as parameters. MikroORM writes them into the statement's text, which
 * `pg_stat_activity` and the database's log show (docs/decisions/026-bound-parameters.md).
 */
export function withBoundParameters<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript requires `any[]` of a mixin.
  Connection extends abstract new (...parameters: any[]) => AbstractSqlConnection,
>(Base: Connection) {
  abstract class BoundConnection extends Base {
    override async execute<T extends Rows = EntityData<AnyEntity>[]>(
      query: Query,
      given?: Given,
      method?: 'all' | 'get' | 'run',
      transaction?: Transaction,
      logging?: LoggingOptions,
    ): Promise<T> {
      const bound = bindQuery(this, query, given);
      const answer = await super.execute<T>(bound.text, [], method, sending(bound, this, transaction), logging);
      return method === 'get' ? withNumericCount(answer) : answer;
    }

    override stream<T extends EntityData<AnyEntity>>(
      query: Query,
      given?: Given,
      transaction?: Transaction<Kysely<unknown>>,
      logging?: LoggingOptions,
      chunkSize?: number,
    ): AsyncIterableIterator<T> {
      const bound = bindQuery(this, query, given);
      return super.stream<T>(bound.text, [], sending(bound, this, transaction), logging, chunkSize);
    }
  }
  return BoundConnection;
}

/** Reads the forms in which MikroORM gives a statement. */
function bindQuery(connection: AbstractSqlConnection, query: Query, given: Given = []): BoundStatement {
  const fragment = query instanceof NativeQueryBuilder ? query.toRaw() : query;
  if (isRaw(fragment)) return bindParameters(connection.getPlatform(), fragment.sql, fragment.params);
  if (!Array.isArray(given)) return bindQuery(connection, raw(fragment, given));
  return bindParameters(connection.getPlatform(), fragment, given);
}

/** MikroORM reads a count as `+row.count`, which throws for a BigInt. */
function withNumericCount<Row>(row: Row): Row {
  const { count } = { ...(row as { readonly count?: unknown } | undefined) };
  return typeof count === 'bigint' ? { ...row, count: Number(count) } : row;
}

/** Stands in for the transaction or the pool: adds the values to the statement that MikroORM sends without them. */
function sending({ values: parameters }: BoundStatement, connection: AbstractSqlConnection, transaction?: Transaction) {
  const executor = () => ((transaction as Kysely<unknown> | undefined) ?? connection.getClient()).getExecutor();
  const executeQuery: QueryExecutor['executeQuery'] = (statement, options) =>
    executor().executeQuery({ ...statement, parameters }, options);
  const stream: QueryExecutor['stream'] = (statement, chunkSize, options) =>
    executor().stream({ ...statement, parameters }, chunkSize, options);
  return { executeQuery, getExecutor: () => ({ stream }) } as unknown as Kysely<unknown>;
}
