import type { Database } from './database.js';
import { foldsCase, readTraits, type DatabaseTraits } from './database-traits.js';

/** The database can't be used as it is. The message says why, and what to do. */
export class UnsuitableDatabaseError extends Error {}

/**
 * Ensures that Postern can use a database, before anything is changed in it.
 *
 * @returns its traits
 * @throws {UnsuitableDatabaseError} that says what to change
 */
export async function ensureSuitable(database: Database): Promise<DatabaseTraits> {
  const traits = await readTraits(database);
  const fault = findFault(traits) ?? (await findDeeperFault(database, traits));
  if (fault !== null) throw new UnsuitableDatabaseError(fault);
  return traits;
}

const newDatabase = ({ role }: DatabaseTraits) =>
  `Create another one: create database NAME template template0 encoding 'UTF8' locale 'C.UTF-8' owner ${role};`;

function findFault(traits: DatabaseTraits): string | null {
  const { encoding, canCreateTables, canCreateSchemas, role, name } = traits;
  if (encoding !== 'UTF8')
    return `The database ${name} has the encoding ${encoding}, which can't store every text; Postern requires UTF8. ${newDatabase(traits)}`;
  if (!canCreateTables)
    return `The role ${role} can't create tables in the database ${name}. Run this as its owner: create schema authorization ${role};`;
  if (!canCreateSchemas)
    return `The role ${role} can't create the schema pgboss and the extension pg_trgm in the database ${name}. Run this as its owner: grant create on database ${name} to ${role};`;
  return null;
}

async function findDeeperFault(database: Database, traits: DatabaseTraits): Promise<string | null> {
  if (!(await foldsCase(database)))
    return `The database ${traits.name} has the locale C, in which a search for users misses letters outside of ASCII. ${newDatabase(traits)}`;
  if (!(await database.keepsSessions()))
    return 'DATABASE_URL leads to a pooler of transactions, such as PgBouncer with pool_mode = transaction. Set POSTERN_DATABASE_POOLER=transaction, and POSTERN_DATABASE_SESSION_URL to a URL without it.';
  return null;
}
