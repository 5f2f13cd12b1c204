import { parseArgs } from 'node:util';
import { CleanUp } from './compare/clean-up.ts';
import { credentialRows } from './growth/credential-rows.ts';
import { databaseUrl, dropDatabase, fillDatabase, scaleOf, withClient } from './growth/filled-database.ts';
import { measuredRows } from './growth/measured-rows.ts';

/**
 * Measures how many bytes a row of each table and of each of its indexes takes, and calculates the sizes at a hundred
 * million accounts and ten billion calls (docs/scale.md). `npm run bench:sizes` takes minutes; `-- --database NAME`
 * measures a database that is there.
 */
const { values } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, database: { type: 'string' } },
});
const rows = Number(values.rows);
const NAME = `postern_sizes_${rows}`;

const ACCOUNTS = 1e8;

/** How many rows a table has at that size. docs/scale.md gives the reasons. */
const rowsAtScale: Readonly<Record<string, number>> = {
  accounts: ACCOUNTS,
  sessions: ACCOUNTS,
  known_devices: 2 * ACCOUNTS,
  known_networks: 2 * ACCOUNTS,
  two_factors: 0.2 * ACCOUNTS,
  backup_codes: 2 * ACCOUNTS,
  passkeys: 0.2 * ACCOUNTS,
  passkey_users: 0.1 * ACCOUNTS,
  trusted_browsers: 0.2 * ACCOUNTS,
  api_tokens: 0.1 * ACCOUNTS,
  access_tokens: 0.1 * ACCOUNTS,
  attempts: 0.01 * ACCOUNTS,
  call_keys: ACCOUNTS,
  usage_logs: 100 * ACCOUNTS,
  usage_totals: 20 * ACCOUNTS,
  security_events: 50 * ACCOUNTS,
  event_seals: (50 * ACCOUNTS) / 1_000,
  webhook_deliveries: 5 * ACCOUNTS,
};

/** A table, or an index of one, over all partitions. A seal has a thousand events. */
interface Size {
  readonly table: string;
  readonly index: string | null;
  readonly bytes: number;
  readonly rows: number;
}

const measurement = `
  with parts as (
    select coalesce(parent.relname, part.relname) as name, part.oid from pg_class part
    left join pg_inherits on inhrelid = part.oid left join pg_class parent on parent.oid = inhparent
    where part.relkind = 'r' and part.relnamespace = 'public'::regnamespace
  ), counted as (
    select name, sum(reltuples)::float8 as rows from parts join pg_class on pg_class.oid = parts.oid group by name
  )
  select name as table, null as index, sum(pg_table_size(parts.oid))::float8 as bytes, rows from parts join counted using (name) group by name, rows
  union all
  select name, pg_get_indexdef(coalesce(parent.inhparent, indexrelid)), sum(pg_relation_size(indexrelid))::float8, rows
  from parts join counted using (name) join pg_index on indrelid = parts.oid left join pg_inherits parent on parent.inhrelid = indexrelid
  group by 1, 2, rows`;

const bytes = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const gigabytes = (value: number) => (value / 1e9).toFixed(value < 1e10 ? 1 : 0);

/** The columns of an index, and its condition. */
const shorten = (definition: string) =>
  definition.replace(/^create (unique )?index \S+ on (only )?\S+ using /i, '$1').replace(/^(unique )?btree /i, '$1');

function print(sizes: readonly Size[]): void {
  console.log('| table or index | bytes a row | rows at scale | GB at scale |\n|---|---|---|---|');
  let total = 0;
  for (const [table, count] of Object.entries(rowsAtScale)) {
    const own = sizes
      .filter((size) => size.table === table && size.rows > 0)
      .toSorted((a, b) => Number(a.index !== null) - Number(b.index !== null) || b.bytes - a.bytes);
    if (own.length === 0) continue;
    const whole = own.reduce((sum, size) => sum + (size.bytes / size.rows) * count, 0);
    total += whole;
    console.log(`| **${table}** with its indexes | | ${count.toLocaleString('en')} | **${gigabytes(whole)}** |`);
    for (const { index, bytes: size, rows: filled } of own)
      console.log(
        `| ${index === null ? 'rows' : `\`${shorten(index)}\``} | ${bytes(size / filled)} | | ${gigabytes((size / filled) * count)} |`,
      );
  }
  console.log(`| **everything** | | | **${gigabytes(total)}** |`);
}

const cleanUp = new CleanUp();
/** A database with rows in every table, until the end of the run. */
function openFilled(): Promise<string> {
  const scale = scaleOf(rows);
  const passwordHash = `$argon2id$v=19$m=65536,t=3,p=4$${'a'.repeat(22)}$${'b'.repeat(43)}`;
  const fills = [
    ...measuredRows(scale, passwordHash).filter(([table]) => table !== 'event_seals'),
    ...credentialRows(scale),
  ];
  return cleanUp.keep(
    () => fillDatabase(NAME, fills),
    () => dropDatabase(NAME),
  );
}

try {
  const url = values.database === undefined ? await openFilled() : databaseUrl(values.database);
  print(await withClient(url, async (client) => (await client.query<Size>(measurement)).rows));
} catch (error) {
  if (!cleanUp.signal.aborted) throw error;
} finally {
  await cleanUp.run();
}
