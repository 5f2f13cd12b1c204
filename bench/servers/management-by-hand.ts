import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { storedTokens, uuidOf } from './known-rows.ts';
import { callKeysStatement, gatewayStatement, usageLogsStatement, verifyStatement } from './management-statements.ts';
import {
  chargeStatement,
  holdStatement,
  insertStatement,
  totalsStatement,
  type Entry,
  type HeldKey,
} from './usage-statements.ts';

/** The part of the schema that the management benchmarks use. */
export const managementTypes = `
  scalar DateTime
  scalar BigInt
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type CallKey { id: ID! name: String! hint: String! status: String! createdAt: DateTime! expiresAt: DateTime lastUsedAt: DateTime models: [String!]! allowedIps: [String!]! quotaLeft: BigInt quotaUsed: BigInt! }
  type CallKeyEdge { cursor: String! node: CallKey! }
  type CallKeyConnection { edges: [CallKeyEdge!]! pageInfo: PageInfo! }
  type UsageLog { id: ID! at: DateTime! callKeyName: String! type: String! model: String! promptTokens: Int! completionTokens: Int! quota: BigInt! latencyMs: Int requestId: String! ip: String }
  type UsageLogEdge { cursor: String! node: UsageLog! }
  type UsageLogConnection { edges: [UsageLogEdge!]! pageInfo: PageInfo! }
  type CallKeyVerification { valid: Boolean! refusal: String callKey: CallKey userId: ID }
  input UsageEntryInput { callKeyId: ID! at: DateTime! type: String! model: String! promptTokens: Int! completionTokens: Int! quota: BigInt! latencyMs: Int requestId: String! ip: String }
  input RecordUsageInput { entries: [UsageEntryInput!]! }
  type RecordUsagePayload { recorded: Int duplicates: Int }`;

const connection = <Row extends { readonly id: string }>(rows: readonly Row[], first: number) => {
  const edges = rows.slice(0, first).map((node) => ({ cursor: node.id, node }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
};

/** The lists of a user, with one statement each. */
export const listsOf = (pool: pg.Pool, accountId: string) => ({
  callKeys: async ({ first }: { first: number }) =>
    connection((await pool.query<{ id: string }>(callKeysStatement(accountId, first))).rows, first),
  usageLogs: async ({ first }: { first: number }) =>
    connection((await pool.query<{ id: string }>(usageLogsStatement(accountId, first))).rows, first),
});

interface Verified {
  readonly status: string;
  readonly ownerStatus: string;
  readonly models: string[];
  readonly allowedIps: string[];
  readonly accountId: string;
}

/** The fields of a gateway. A statement before each authenticates the gateway. */
export async function gatewayFields(pool: pg.Pool) {
  const tokens = await storedTokens(pool);
  const requireGateway = async (headers: IncomingHttpHeaders) => {
    if ((await pool.query(gatewayStatement(headers, tokens))).rowCount !== 1)
      throw new Error('this is not the gateway');
  };
  return {
    verifyCallKey: async ({ key, model }: { key: string; model: string }, headers: IncomingHttpHeaders) => {
      await requireGateway(headers);
      const {
        rows: [callKey],
      } = await pool.query<Verified>(verifyStatement(key));
      const valid =
        callKey?.status === 'ACTIVE' &&
        callKey.ownerStatus === 'ACTIVE' &&
        (callKey.models.length === 0 || callKey.models.includes(model)) &&
        callKey.allowedIps.length === 0;
      return { valid, refusal: valid ? null : 'REFUSED', callKey, userId: callKey?.accountId };
    },
    recordUsage: async ({ input }: { input: { entries: Entry[] } }, headers: IncomingHttpHeaders) => {
      await requireGateway(headers);
      return record(
        pool,
        input.entries.map((entry) => ({ ...entry, callKeyId: uuidOf(entry.callKeyId) })),
      );
    },
  };
}

export async function record(pool: pg.Pool, entries: readonly Entry[]) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const keys = new Map((await client.query<HeldKey>(holdStatement(entries))).rows.map((key) => [key.id, key]));
    const { rowCount } = await client.query(insertStatement(entries, keys));
    await client.query(chargeStatement(entries));
    await client.query(totalsStatement(entries, keys));
    await client.query('commit');
    return { recorded: rowCount, duplicates: entries.length - (rowCount ?? 0) };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
