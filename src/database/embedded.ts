import { join } from 'node:path';
import { fromPglite } from 'pg-boss';
import type { PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { MikroORM, defineConfig } from '@mikro-orm/pglite';
import type { Database } from './database.js';
import { openEmbeddedReader } from './embedded-reader.js';
import { lockFolder } from './folder-lock.js';
import { listenToReads } from './listen-to-reads.js';
import { listeningLogger, ormOptions, type StatementListener } from './orm-options.js';

/** The ORM's options for an embedded database: `place` is a folder, or `memory://`. */
export const embeddedOptions = (place: string, pglite: PGliteOptions = {}, listener?: StatementListener) => defineConfig({
  ...ormOptions,
  dbName: place,
  driverOptions: { ...pglite, extensions: { pg_trgm, ...pglite.extensions } },
  ...(listener ? listeningLogger(listener) : {}),
});

/**
 * Opens the embedded database (PostgreSQL in this process) in a folder, which it takes for this process alone.
 *
 * @throws {FolderInUse} while another process works with it
 */
export async function openEmbedded(directory: string, listener?: StatementListener): Promise<Database> {
  const lock = lockFolder(directory);
  try {
    const database = await openPglite(join(directory, 'postgres'), {}, listener);
    return { ...database, location: directory, close: () => database.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens PGlite with options of its own, such as a dump to begin with. */
export async function openPglite(place: string, options: PGliteOptions, listener?: StatementListener): Promise<Database> {
  const orm = await MikroORM.init(embeddedOptions(place, options, listener));
  const pglite = await orm.em.getDriver().getConnection().getNativeClient();
  const reader = openEmbeddedReader(pglite);
  return {
    kind: 'embedded',
    location: place,
    orm,
    client: {
      query: async ({ text, values }) => {
        const { rows, affectedRows = null } = await pglite.query<object>(text, values);
        return { rows, rowCount: affectedRows };
      },
    },
    reader: listener ? listenToReads(reader, listener) : reader,
    queueStore: { backend: 'pglite', db: fromPglite(pglite) },
    close: () => orm.close(),
  };
}
