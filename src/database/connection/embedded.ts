import { fromPglite } from 'pg-boss';
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { MikroORM, PgliteConnection, PgliteDriver, defineConfig } from '@mikro-orm/pglite';
import { withBoundParameters } from './bound-connection.js';
import { columnParsers } from './column-types.js';
import type { Database } from './database.js';
import { DiskSpace } from './disk-space.js';
import { embeddedFolder, ensureWhole } from './embedded-folder.js';
import { openEmbeddedReader } from '../read/embedded-reader.js';
import { lockDirectory } from './directory-lock.js';
import { noPool } from './pool-state.js';
import { unusableDirectory } from './unusable-directory.js';
import { measureText } from '../../telemetry/statements.js';
import { withMeasurement } from '../read/measured-reader.js';
import { withStatementListener } from '../read/statement-listener.js';
import { createListeningLogger, ormOptions, type StatementListener } from './orm-options.js';
import { RANDOM_PAGE_COST } from './random-page-cost.js';

/**
 * Arguments of initdb that suit a single process: a cache of 16 MB instead of 128 MB, and write-ahead logs of 1 MB
 * instead of 16 MB. Every start fills the cache with zeros, and the first one also writes a log. With PostgreSQL's
 * defaults, starts take several times as long and use 120 MB more memory.
 */
const INITIALIZATION = ['--set=shared_buffers=16MB', '--wal-segsize=1'];

class EmbeddedConnection extends withBoundParameters(PgliteConnection) {}

class EmbeddedDriver extends PgliteDriver {
  protected override readonly connection = new EmbeddedConnection(this.config);
}

/** The ORM's options for an embedded database. `location` is a directory, or `memory://`. */
export const embeddedOptions = (location: string, listener?: StatementListener) =>
  defineConfig({
    ...ormOptions,
    driver: EmbeddedDriver,
    dbName: location,
    driverOptions: {
      extensions: { pg_trgm },
      parsers: columnParsers,
      initDbStartParams: INITIALIZATION,
      startParams: [...PGlite.defaultStartParams, '-c', `random_page_cost=${RANDOM_PAGE_COST}`],
    },
    ...(listener ? createListeningLogger(listener) : {}),
  });

/**
 * Opens the embedded database (PostgreSQL in this process) in a directory, which it locks.
 *
 * @param minFreeBytes with less free space, its writes fail
 * @throws {DirectoryInUseError} while another process uses the directory
 * @throws {UnusableDirectoryError} if the file system doesn't allow it
 * @throws {DamagedFolderError} if the directory has a database that is not whole
 */
export async function openEmbedded(
  directory: string,
  listener?: StatementListener,
  minFreeBytes = 0,
): Promise<Database> {
  const lock = lockDirectory(directory);
  try {
    ensureWhole(embeddedFolder(directory));
    const diskSpace = new DiskSpace(directory, minFreeBytes);
    const database = await openPglite(embeddedFolder(directory), listener, diskSpace);
    return { ...database, diskSpace, location: directory, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw unusableDirectory(directory, error);
  }
}

/** Opens PGlite in a directory that no other process uses, or in `memory://`. */
export async function openPglite(
  location: string,
  listener?: StatementListener,
  diskSpace?: DiskSpace,
): Promise<Database> {
  const orm = await MikroORM.init(embeddedOptions(location, listener));
  const pglite = await orm.em.getDriver().getConnection().getNativeClient();
  diskSpace?.guardWrites(pglite);
  const reader = openEmbeddedReader({ query: pglite.query.bind(pglite) });
  measureChanges(pglite);
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
    reader: withMeasurement(listener ? withStatementListener(reader, listener) : reader),
    checkState: () => pglite.query('select 1').then(() => 'WRITABLE'),
    keepsSessions: () => Promise.resolve(true),
    poolState: noPool,
    queueStore: () => ({ backend: 'pglite', db: fromPglite(pglite) }),
    close: () => orm.close(),
  };
}

/** Measures the statements of the ORM and of libraries. The reader measures its own. */
function measureChanges(pglite: PGlite): void {
  const query = pglite.query.bind(pglite);
  pglite.query = ((text, ...rest) => measureText(text, () => query(text, ...rest))) as PGlite['query'];
}
