import type pg from 'pg';

/** Statements that drop and restore what slows down loading. */
interface Droppable {
  readonly drop: string;
  readonly create: string;
}

const foreignKeys = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
  from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`;

const indexes = `
  select case when conname is null then format('drop index %I', relname) else format('alter table %s drop constraint %I', indrelid::regclass, conname) end as drop,
    case when conname is null then replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') else format('alter table %s add constraint %I %s', indrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid)) end as create
  from pg_index join pg_class on pg_class.oid = indexrelid left join pg_constraint on conindid = indexrelid
  where indrelid = any($1::text[]::regclass[])`;

async function without(client: pg.Client, dropped: readonly Droppable[], work: () => Promise<void>): Promise<void> {
  for (const { drop } of dropped) await client.query(drop);
  await work();
  for (const { create } of dropped) await client.query(create);
}

/**
 * Drops the indexes of tables during some work and rebuilds them, which takes a tenth of the time of filling them.
 * Indexes of partitions follow those of their tables. No foreign key may need them.
 */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  await without(client, (await client.query<Droppable>(indexes, [tables])).rows, work);
}

/** Drops all foreign keys during some work. Restoring them compares all rows. */
export async function withoutForeignKeys(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await without(client, (await client.query<Droppable>(foreignKeys)).rows, work);
}
