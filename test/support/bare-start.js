// What a start costs anyone who builds on the same libraries, for the start of Postern to be measured against: loads
// them, opens the embedded database in a folder (a new one is initialised), and ends. It shares no line with Postern,
// not even how a folder is initialised: a limit that follows what it measures would measure nothing.
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
