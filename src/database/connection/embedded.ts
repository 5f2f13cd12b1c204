import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromPglite } from 'pg-boss';
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { MikroORM, PgliteConnection, PgliteDriver, defineConfig } from '@mikro-orm/pglite';
import { withBoundParameters } from './bound-connection.js';
import { columnParsers } from './column-types.js';
import type { Database } from './database.js';
import { openEmbeddedReader } from '../read/embedded-reader.js';
import { lockFolder } from './folder-lock.js';
import { listenToReads } from '../read/listen-to-reads.js';
import { listeningLogger, ormOptions, type StatementListener } from './orm-options.js';
import { RANDOM_PAGE_COST } from './random-page-cost.js';

/**
 * What a new folder is initialised with, for one process on one machine: a cache of 16 MB, which every start fills with
 * zeros, and write-ahead logs of 1 MB, which the first start writes out. PostgreSQL's own 128 MB and 16 MB make starts
 * several times as dear, and hold 120 MB of memory more.
 */
const INITIALIZATION = ['--set=shared_buffers=16MB', '--wal-segsize=1'];

class EmbeddedConnection extends withBoundParameters(PgliteConnection) {}

class EmbeddedDriver extends PgliteDriver {
  protected override readonly connection = new EmbeddedConnection(this.config);
}

/** The ORM's options for an embedded database: `place` is a folder, or `memory://`. */
export const embeddedOptions = (location: string, listener?: StatementListener) =>
  defineConfig({
    ...ormOptions,
    driver: EmbeddedDriver,
    dbName: location,
    driverOptions: {
      extensions: { pg_trgm },
      parsers: columnParsers,
      initDbStartParams: INITIALIZATION,
      startParams: [...PGlite.defaultStartParams, '-c', RANDOM_PAGE_COST],
    },
    ...(listener ? listeningLogger(listener) : {}),
  });

const databaseIn = (directory: string) => join(directory, 'postgres');

/** Whether a folder has an embedded database in it. */
export const hasEmbedded = (directory: string): boolean => existsSync(databaseIn(directory));

/**
 * Opens the embedded database (PostgreSQL in this process) in a folder, which it takes for this process alone.
 *
 * @throws {FolderInUse} while another process works with it
 */
export async function openEmbedded(directory: string, listener?: StatementListener): Promise<Database> {
  const lock = lockFolder(directory);
  try {
    const database = await openPglite(databaseIn(directory), listener);
    return { ...database, location: directory, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens PGlite in a folder that nobody else works with, or in `memory://`. */
export async function openPglite(location: string, listener?: StatementListener): Promise<Database> {
  const orm = await MikroORM.init(embeddedOptions(location, listener));
  const pglite = await orm.em.getDriver().getConnection().getNativeClient();
  const reader = openEmbeddedReader(pglite);
  return {
    kind: 'embedded',
    location,
    orm,
    client: {
      query: async ({ text, values }) => {
        const { rows, affectedRows = null } = await pglite.query<object>(text, values, { parsers: types.parsers });
        return { rows, rowCount: affectedRows };
      },
    },
    reader: listener ? listenToReads(reader, listener) : reader,
    queueStore: { backend: 'pglite', db: fromPglite(pglite) },
    close: () => orm.close(),
  };
}
