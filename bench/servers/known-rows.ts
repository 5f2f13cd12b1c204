import { hash } from 'node:crypto';
import type pg from 'pg';
import { fromGlobalId } from '../built.ts';

const uuids = new Map<string, string>();

/** The row id in a public id, decoded once per key, because a handwritten server would expose the row id itself. */
export function uuidOf(callKeyId: string): string {
  const known = uuids.get(callKeyId) ?? fromGlobalId('CallKey', callKeyId);
  if (known === null || known === undefined) throw new Error(`${callKeyId} is no id of a call key`);
  uuids.set(callKeyId, known);
  return known;
}

/** The stored form of the gateway's token, by its hash. */
export async function storedTokens(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const {
    rows: [row],
  } = await pool.query<{ token_hash: string }>(
    "select token_hash from api_tokens join accounts on accounts.id = account_id where role = 'SERVICE'",
  );
  const token = process.env['BENCH_GATEWAY_TOKEN'];
  return new Map(row && token ? [[hash('sha256', token, 'base64url'), row.token_hash]] : []);
}
