import type { EntityManager } from '../connection/database.js';

/** The name and columns of a table, as read from the database. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * The tables with Postern's data, each after those that it references, so that rows can be inserted in this order.
 * Excludes the list of migrations, partitions, and the job queue, which has its own schema.
 */
export async function findTablesInInsertOrder(em: EntityManager): Promise<TableDefinition[]> {
  const columns = await em.execute<{ table: string; name: string; type: string }[]>(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by c.relname, a.attnum`);
  const references = await em.execute<{ child: string; parent: string }[]>(`
    select child.relname as child, parent.relname as parent from pg_constraint k
    join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
    where k.contype = 'f' and child.relnamespace = current_schema()::regnamespace and k.conrelid <> k.confrelid`);
  const tables = [...Map.groupBy(columns, ({ table }) => table)].map(([name, tableColumns]) => ({
    name,
    columns: tableColumns.map(({ name: column, type }) => ({ name: column, type })),
  }));
  return sortParentsFirst(tables, references);
}

function sortParentsFirst(
  tables: readonly TableDefinition[],
  references: readonly { child: string; parent: string }[],
): TableDefinition[] {
  const sorted = new Map<string, TableDefinition>();
  const isReady = ({ name }: TableDefinition) =>
    !sorted.has(name) && references.every(({ child, parent }) => child !== name || sorted.has(parent));
  for (let ready = tables.filter(isReady); ready.length > 0; ready = tables.filter(isReady)) {
    for (const table of ready) sorted.set(table.name, table);
  }
  if (sorted.size < tables.length) throw new Error('tables reference each other in a cycle');
  return [...sorted.values()];
}
