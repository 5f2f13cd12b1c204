import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
} from 'kysely';
import type { InferKyselyDB } from '@mikro-orm/sql';
import type { entities } from '../connection/entities.js';

/** The tables as the entities describe them, for typed SQL. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;

/** What a statement is built with. */
export type Db = Kysely<Tables>;

/** Runs statements with their values and answers plain rows: one implementation for each driver. */
export interface Reader {
  /** Runs a named statement, of those that many requests ask. */
  run(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<readonly object[]>;
  /**
   * Runs a statement that few people ask, in one of its many forms: beside the others, and planned for its very values.
   */
  ask(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  close(): Promise<void>;
}

/** A read that was compiled once: give it a reader and its arguments, and it answers rows. */
export type Select<Arguments, Row> = (reader: Reader, values: Arguments) => Promise<readonly Row[]>;

class Placeholder {
  constructor(readonly name: string) {}
}

const compiler = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });

/** Compiles a statement, and tells the values of its parameters in their order. */
function compile<Arguments extends object>(build: (db: Db, values: Arguments) => Compilable) {
  const { sql: text, parameters } = build(compiler, placeholders as Arguments).compile();
  const valuesOf = (values: Arguments) =>
    parameters.map((value) => (value instanceof Placeholder ? values[value.name as keyof Arguments] : value));
  return { text, valuesOf };
}

/**
 * The one door for hot reads: a statement that is written in typed SQL against the entities, compiled when the
 * module loads, and run as a named prepared statement. It answers plain rows; nothing is hydrated
 * (docs/decisions/006-typed-sql-for-hot-reads.md).
 */
export function select<Arguments extends object, Row extends object>(
  name: string,
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> {
  const { text, valuesOf } = compile(build);
  const statement = { name, text };
  return async (reader, values) => (await reader.run(statement, valuesOf(values))) as readonly Row[];
}

/**
 * A statement that is compiled once as well, but that may take a moment: it is asked beside the hot reads, and planned
 * for its very values.
 */
export function question<Arguments extends object, Row extends object>(
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> {
  const { text, valuesOf } = compile(build);
  return async (reader, values) => (await reader.ask(text, valuesOf(values))) as readonly Row[];
}

/**
 * Asks what has too many forms to be compiled beforehand, such as a list that is filtered and ordered as somebody
 * wishes. The statement is planned for its very values, so that each form has its index, and it holds no hot read up.
 */
export async function ask<Row extends object>(
  reader: Reader,
  build: (db: Db) => Compilable<Row>,
): Promise<readonly Row[]> {
  const { sql, parameters } = build(compiler).compile();
  return (await reader.ask(sql, parameters)) as readonly Row[];
}
