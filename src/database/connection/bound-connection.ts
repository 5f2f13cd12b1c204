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
type Parameters = readonly unknown[] | Dictionary;
type Rows = QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[];

/**
 * Makes a MikroORM connection send values as parameters. MikroORM writes them into the text of statements, which
 * `pg_stat_activity` and the database's log show (docs/decisions/026-bound-parameters.md).
 */
export function withBoundParameters<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript requires `any[]` of a mixin.
  Connection extends abstract new (...parameters: any[]) => AbstractSqlConnection,
>(Base: Connection) {
  abstract class BoundConnection extends Base {
    override async execute<T extends Rows = EntityData<AnyEntity>[]>(
      query: Query,
      parameters?: Parameters,
      method?: 'all' | 'get' | 'run',
      transaction?: Transaction,
      logging?: LoggingOptions,
    ): Promise<T> {
      const bound = bindQuery(this, query, parameters);
      const result = await super.execute<T>(bound.text, [], method, withParameters(bound, this, transaction), logging);
      return method === 'get' ? withNumericCount(result) : result;
    }

    override stream<T extends EntityData<AnyEntity>>(
      query: Query,
      parameters?: Parameters,
      transaction?: Transaction<Kysely<unknown>>,
      logging?: LoggingOptions,
      chunkSize?: number,
    ): AsyncIterableIterator<T> {
      const bound = bindQuery(this, query, parameters);
      return super.stream<T>(bound.text, [], withParameters(bound, this, transaction), logging, chunkSize);
    }
  }
  return BoundConnection;
}

/** Binds the parameters of a statement in any form that MikroORM passes. */
function bindQuery(connection: AbstractSqlConnection, query: Query, parameters: Parameters = []): BoundStatement {
  const fragment = query instanceof NativeQueryBuilder ? query.toRaw() : query;
  if (isRaw(fragment)) return bindParameters(connection.getPlatform(), fragment.sql, fragment.params);
  if (!Array.isArray(parameters)) return bindQuery(connection, raw(fragment, parameters));
  return bindParameters(connection.getPlatform(), fragment, parameters);
}

/** MikroORM reads a count as `+row.count`, which throws for a BigInt. */
function withNumericCount<Row>(row: Row): Row {
  const { count } = { ...(row as { readonly count?: unknown } | undefined) };
  return typeof count === 'bigint' ? { ...row, count: Number(count) } : row;
}

/** Replaces the transaction or pool to which MikroORM sends a statement without values, and adds the values. */
function withParameters(
  { values: parameters }: BoundStatement,
  connection: AbstractSqlConnection,
  transaction?: Transaction,
) {
  const executor = () => ((transaction as Kysely<unknown> | undefined) ?? connection.getClient()).getExecutor();
  const executeQuery: QueryExecutor['executeQuery'] = (statement, options) =>
    executor().executeQuery({ ...statement, parameters }, options);
  const stream: QueryExecutor['stream'] = (statement, chunkSize, options) =>
    executor().stream({ ...statement, parameters }, chunkSize, options);
  return { executeQuery, getExecutor: () => ({ stream }) } as unknown as Kysely<unknown>;
}
