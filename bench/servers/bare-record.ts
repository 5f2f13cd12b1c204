import pg from 'pg';
import { serveBare } from './bare-http.ts';
import { storedTokens, uuidOf } from './known-rows.ts';
import { record } from './management-by-hand.ts';
import { gatewayStatement } from './management-statements.ts';
import type { Entry } from './usage-statements.ts';

/** Usage recorded with the same statements and no GraphQL: keys are held, rows inserted, calls charged and added up in one transaction, of which nothing is checked. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const tokens = await storedTokens(pool);

await serveBare(async (body, headers) => {
  const { variables } = JSON.parse(body) as { variables: { input: { entries: Entry[] } } };
  if ((await pool.query(gatewayStatement(headers, tokens))).rowCount !== 1) throw new Error('this is not the gateway');
  return JSON.stringify({ data: { recordUsage: await record(pool, variables.input.entries.map((entry) => ({ ...entry, callKeyId: uuidOf(entry.callKeyId) }))) } });
});
