import pg from 'pg';
import { serveBare } from './bare-http.ts';
import { sessionStatement, type SessionRow } from './session-statement.ts';

/**
 * The minimum that a Node process does for `me`: one prepared statement on one pipelined connection, without GraphQL or
 * a framework. It returns the same JSON for every document.
 */
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'], pipeline: true } as pg.ClientConfig);
await client.connect();

await serveBare(async (_body, headers) => {
  const {
    rows: [row],
  } = await client.query<SessionRow>(sessionStatement(headers));
  return JSON.stringify({ data: { me: row ? { id: row.id, username: row.username, role: row.role } : null } });
});
