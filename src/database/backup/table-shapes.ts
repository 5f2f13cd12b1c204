import type { EntityManager } from '../connection/database.js';

/** A table as the database describes it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * The tables with Postern's data, each after those that it references, so that rows can be inserted in this order. Not
 * included are the list of migrations, partitions, and the job queue, which has its own schema.
 */
export async function tablesInOrder(em: EntityManager): Promise<TableShape[]> {
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
  const shapes = [...Map.groupBy(columns, ({ table }) => table)].map(([name, of]) => ({
    name,
    columns: of.map(({ name: column, type }) => ({ name: column, type })),
  }));
  return parentsFirst(shapes, references);
}

function parentsFirst(
  shapes: readonly TableShape[],
  references: readonly { child: string; parent: string }[],
): TableShape[] {
  const placed = new Map<string, TableShape>();
  const isReady = ({ name }: TableShape) =>
    !placed.has(name) && references.every(({ child, parent }) => child !== name || placed.has(parent));
  for (let ready = shapes.filter(isReady); ready.length > 0; ready = shapes.filter(isReady)) {
    for (const shape of ready) placed.set(shape.name, shape);
  }
  if (placed.size < shapes.length) throw new Error('tables reference each other in a cycle');
  return [...placed.values()];
}
