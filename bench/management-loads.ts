import type { Load } from './load.ts';
import type { BenchUser } from './people.ts';

/** A user with call keys: the ids of all of them, and the secret of one. */
export interface KeyOwner extends BenchUser {
  readonly callKeyIds: readonly string[];
  readonly secret: string;
}

/** How many entries a page has. */
const PAGE = 50;

/** The headers of a request with the user's token. */
export const asUser = ({ token }: BenchUser) => ({ authorization: `Bearer ${token}` });

/** The query for the first page of one of the viewer's lists. */
export const pageOf = (list: string, fields: string) => ({
  query: `{ me { ${list}(first: ${PAGE}) { edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } } }`,
});

/** Matches a page with as many entries as requested. */
export const wholePage = (list: string) =>
  new RegExp(
    `^\\{"data":\\{(?:"me":\\{)?"${list}":\\{"edges":\\[(\\{"cursor":"[^"]+","node":\\{(?:[^{}]|\\{[^{}]*\\})+\\}\\},?){${PAGE}}\\],"pageInfo"`,
  );

/** A page of the viewer's call keys, with a session. */
export const callKeyList: Load = {
  title: `a list of ${PAGE} call keys by a bearer session`,
  connections: 32,
  requests: 2_000,
  warmUp: 3_000,
  headers: asUser,
  body: () =>
    pageOf('callKeys', 'id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed'),
  expected: wholePage('callKeys'),
};

/** A page of the viewer's logs, with a session. */
export const usageLogList: Load = {
  title: `a page of ${PAGE} logs by a bearer session`,
  connections: 32,
  requests: 2_000,
  warmUp: 3_000,
  headers: asUser,
  body: () =>
    pageOf('usageLogs', 'id at callKeyName type model promptTokens completionTokens quota latencyMs requestId ip'),
  expected: wholePage('usageLogs'),
};

/** The query that a gateway sends before each call. */
export const verification = (gatewayToken: string): Load => ({
  title: 'verifyCallKey by the gateway’s token',
  connections: 32,
  requests: 8_000,
  warmUp: 12_000,
  headers: () => ({ authorization: `Bearer ${gatewayToken}` }),
  body: (user) => ({
    query:
      'query ($key: String!, $model: String, $ip: String) { verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id } userId } }',
    variables: { key: (user as KeyOwner).secret, model: 'model-a', ip: '203.0.113.9' },
  }),
  expected: /^\{"data":\{"verifyCallKey":\{"valid":true,"refusal":null/,
});

/** The measured report sizes, with the number of reports per server and round. */
const reportsOf = { 1: 2_000, 100: 400, 1_000: 60 } as const;

/**
 * A gateway's report of new calls. Each connection reports for its own user, which keeps batches from waiting for each
 * other.
 */
export const usageReport = (gatewayToken: string, entries: keyof typeof reportsOf): Load => ({
  title: `recordUsage of ${entries.toLocaleString('en')}`,
  connections: 8,
  requests: reportsOf[entries],
  warmUp: reportsOf[entries],
  headers: () => ({ authorization: `Bearer ${gatewayToken}` }),
  fresh: true,
  body: (user, number) => ({
    query: 'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded duplicates } }',
    variables: {
      input: { entries: Array.from({ length: entries }, (_, place) => entryOf(user as KeyOwner, number, place)) },
    },
  }),
  expected: new RegExp(`^\\{"data":\\{"recordUsage":\\{"recorded":${entries},"duplicates":0`),
});

const entryOf = ({ callKeyIds }: KeyOwner, number: number, place: number) => ({
  callKeyId: callKeyIds[place % callKeyIds.length],
  at: new Date().toISOString(),
  type: place % 50 === 49 ? 'ERROR' : 'CONSUME',
  model: `model-${place % 5}`,
  promptTokens: 812 + place,
  completionTokens: 344,
  quota: 1_500,
  requestId: `request-${number}-${place}`,
});
