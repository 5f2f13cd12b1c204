import pg from 'pg';
import { serveBare } from './bare-http.ts';
import { storedTokens, uuidOf } from './known-rows.ts';
import { gatewayStatement } from './management-statements.ts';
import { insertStatement, type Entry, type HeldKey } from './usage-statements.ts';

/** The least that a Node process can do to record usage: it looks who asks, and inserts the rows in one statement. Nothing is charged, added up or looked at. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const keys = new Map((await pool.query<HeldKey>('select id, name, account_id from call_keys')).rows.map((key) => [key.id, key]));
const tokens = await storedTokens(pool);

await serveBare(async (body, headers) => {
  const { variables } = JSON.parse(body) as { variables: { input: { entries: Entry[] } } };
  if ((await pool.query(gatewayStatement(headers, tokens))).rowCount !== 1) throw new Error('this is not the gateway');
  const entries = variables.input.entries.map((entry) => ({ ...entry, callKeyId: uuidOf(entry.callKeyId) }));
  const { rowCount } = await pool.query(insertStatement(entries, keys));
  return JSON.stringify({ data: { recordUsage: { recorded: rowCount, duplicates: 0 } } });
});
