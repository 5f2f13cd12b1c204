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

/** Builds a statement. */
export type Db = Kysely<Tables>;

/** A prepared statement. One that may be slow runs on separate connections. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly isSlow?: boolean;
}

/** Runs statements with their values and returns plain rows. Each driver has one implementation. */
export interface Reader {
  /** Runs a named prepared statement. */
  run(statement: Statement, values: readonly unknown[]): Promise<readonly object[]>;
  /** Runs a statement in a separate pool, planned for its values. */
  runAdHoc(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  close(): Promise<void>;
}

/** A compiled statement: takes a reader and the values of its parameters, and returns rows. */
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

/** Compiles a statement. `toValues` returns the values of its parameters in order. */
function compile<Arguments extends object>(build: (db: Db, values: Arguments) => Compilable) {
  const { sql: text, parameters } = build(compiler, placeholders as Arguments).compile();
  const toValues = (values: Arguments) =>
    parameters.map((value) => (value instanceof Placeholder ? values[value.name as keyof Arguments] : value));
  return { text, toValues };
}

/**
 * Compiles a hot read when the module loads, and runs it as a named prepared statement. Returns plain rows, without
 * hydration (docs/decisions/006-typed-sql-for-hot-reads.md).
 */
export function select<Arguments extends object, Row extends object>(
  name: string,
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> {
  const { text, toValues } = compile(build);
  const statement = { name, text };
  return async (reader, values) => (await reader.run(statement, toValues(values))) as readonly Row[];
}

/**
 * Compiles a statement that may be slow although one plan serves all values. It runs in a separate pool as a named
 * prepared statement, so it delays no hot reads (decision 061).
 */
export function selectSlow<Arguments extends object, Row extends object>(
  name: string,
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> {
  const { text, toValues } = compile(build);
  const statement = { name, text, isSlow: true };
  return async (reader, values) => (await reader.run(statement, toValues(values))) as readonly Row[];
}

/**
 * Compiles a statement that may be slow. It runs in a separate pool and is planned for its values, so it doesn't delay
 * hot reads.
 */
export function selectAdHoc<Arguments extends object, Row extends object>(
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> {
  const { text, toValues } = compile(build);
  return async (reader, values) => (await reader.runAdHoc(text, toValues(values))) as readonly Row[];
}

/** Estimates how many rows a query finds, without running it. The planner knows it from statistics. */
export async function estimateRows(reader: Reader, build: (db: Db) => Compilable): Promise<number> {
  const { sql, parameters } = build(compiler).compile();
  const [row] = await reader.runAdHoc(`explain (format json) ${sql}`, parameters);
  const [{ Plan }] = (row as { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] })['QUERY PLAN'];
  return Plan['Plan Rows'];
}

/**
 * Compiles and runs a query with many variants, such as a list with filters and sorting. It runs in a separate pool and
 * is planned for its values, so that each variant can use its index.
 */
export async function queryAdHoc<Row extends object>(
  reader: Reader,
  build: (db: Db) => Compilable<Row>,
): Promise<readonly Row[]> {
  const { sql, parameters } = build(compiler).compile();
  return (await reader.runAdHoc(sql, parameters)) as readonly Row[];
}
