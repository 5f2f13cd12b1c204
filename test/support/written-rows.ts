import type { RaceDatabase } from './race-database.js';

/** Columns that store a secret in some form. */
const SECRET_COLUMN = /hash|ciphertext|token|mac$/;

/** The shortest value to look for, because a shorter one also occurs in other text. */
const SHORTEST = 8;

/** Keeps a copy of every existing row and of every row written from now on, however briefly it exists. */
export const keepWrittenRows = async (race: RaceDatabase): Promise<void> => {
  await race.query(`
    create schema kept;
    create table kept.rows (from_table text, content jsonb);
    create function kept.keep() returns trigger language plpgsql as
      $$ begin insert into kept.rows values (tg_argv[0], to_jsonb(new)); return null; end $$;
    do $$
      declare name text;
      begin
        for name in select oid::regclass from pg_class
          where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
        loop
          execute format('insert into kept.rows select %L, to_jsonb(t) from %s t', name, name);
          execute format('create trigger keep after insert or update on %s for each row execute function kept.keep(%L)', name, name);
        end loop;
      end $$`);
};

/** Every value that was ever written to a secret column, by column name. */
export async function writtenSecrets(race: RaceDatabase): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await race.query<{ from_table: string; content: Record<string, unknown> }>('select * from kept.rows');
  const secrets = new Map<string, Set<string>>();
  for (const { from_table: table, content } of rows)
    for (const [name, value] of Object.entries(content))
      if (SECRET_COLUMN.test(name) && typeof value === 'string' && value.length >= SHORTEST) {
        const column = `${table}.${name}`;
        secrets.set(column, (secrets.get(column) ?? new Set()).add(value));
      }
  return secrets;
}
