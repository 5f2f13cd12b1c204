// The baseline for the start of Postern: loads the same libraries, opens the embedded database in a folder (a new one
// is initialized) and exits. It shares no code with Postern, because a limit that changes with what it measures would
// measure nothing.
import 'reflect-metadata';
import '@apollo/server';
import '@mikro-orm/pglite';
import '@mikro-orm/postgresql';
import 'fastify';
import 'pg-boss';
import 'type-graphql';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

const [folder] = process.argv.slice(2);
const database = await PGlite.create(folder, {
  extensions: { pg_trgm },
  initDbStartParams: ['--set=shared_buffers=16MB', '--wal-segsize=1'],
});
await database.query('select 1');
await database.close();
