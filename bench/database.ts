import pg from 'pg';

/** A database that was made for one run. */
export interface BenchDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes an empty database on a PostgreSQL server. */
export async function createDatabase(serverUrl: string): Promise<BenchDatabase> {
  const name = `postern_bench_${process.pid}_${Date.now()}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
