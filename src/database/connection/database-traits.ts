import { fork, type Database } from './database.js';

/** What a database is like, as far as Postern depends on it. */
export interface DatabaseTraits {
  /** The schema in which tables are created; null if the role can use none. */
  readonly schema: string | null;
  readonly encoding: string;
  readonly canCreateTables: boolean;
  /** Whether the role can create the schema and the extension that Postern uses, or they exist. */
  readonly canCreateSchemas: boolean;
  /** The role and the database, quoted for a statement. */
  readonly role: string;
  readonly name: string;
}

/** Reads what a database is like. */
export async function readTraits(database: Database): Promise<DatabaseTraits> {
  const [traits] = await fork(database).execute<DatabaseTraits[]>(
    `select current_schema() as schema,
       pg_encoding_to_char(encoding) as encoding,
       coalesce(has_schema_privilege(current_schema(), 'create'), false) as "canCreateTables",
       has_database_privilege(oid, 'create')
         or (to_regnamespace('pgboss') is not null and exists (select from pg_extension where extname = 'pg_trgm'))
         as "canCreateSchemas",
       quote_ident(current_user) as role,
       quote_ident(datname) as name
     from pg_database where datname = current_database()`,
  );
  if (!traits) throw new Error('the database does not describe itself');
  return traits;
}

/** Whether a UTF-8 database compares letters outside of ASCII without their case, which search for users needs. */
export async function foldsCase(database: Database): Promise<boolean> {
  const [row] = await fork(database).execute<{ folds: boolean }[]>(`select lower(U&'\\00DC') = U&'\\00FC' as folds`);
  return row?.folds ?? false;
}
