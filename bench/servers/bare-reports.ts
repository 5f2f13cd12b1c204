import type pg from 'pg';
import { serveBare } from './bare-http.ts';
import { storedTokens, uuidOf } from './known-rows.ts';
import { gatewayStatement } from './management-statements.ts';
import type { Entry } from './usage-statements.ts';

/**
 * Serves usage reports without GraphQL: authenticates the caller, reads the entries without validation and returns the
 * outcome.
 */
export async function serveReports(
  pool: pg.Pool,
  record: (entries: readonly Entry[]) => Promise<{ recorded: number | null; duplicates: number }>,
): Promise<void> {
  const tokens = await storedTokens(pool);
  await serveBare(async (body, headers) => {
    const { variables } = JSON.parse(body) as { variables: { input: { entries: Entry[] } } };
    if ((await pool.query(gatewayStatement(headers, tokens))).rowCount !== 1)
      throw new Error('this is not the gateway');
    const entries = variables.input.entries.map((entry) => ({ ...entry, callKeyId: uuidOf(entry.callKeyId) }));
    return JSON.stringify({ data: { recordUsage: await record(entries) } });
  });
}
