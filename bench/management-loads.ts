import type { Load } from './load.ts';
import type { Person } from './people.ts';

/** A person with call keys: the ids of all of them, and the secret of one. */
export interface KeyOwner extends Person {
  readonly callKeyIds: readonly string[];
  readonly secret: string;
}

/** How many entries a page of a list has. */
const PAGE = 50;

/** Sends requests with the token of a person. */
export const asPerson = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

/** The first page of a list of one's own. */
export const pageOf = (list: string, fields: string) => ({
  query: `{ me { ${list}(first: ${PAGE}) { edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } } }`,
});

/** A page with as many entries as were asked for. */
export const wholePage = (list: string) =>
  new RegExp(
    `^\\{"data":\\{(?:"me":\\{)?"${list}":\\{"edges":\\[(\\{"cursor":"[^"]+","node":\\{(?:[^{}]|\\{[^{}]*\\})+\\}\\},?){${PAGE}}\\],"pageInfo"`,
  );

/** A page of one's call keys, at a session. */
export const callKeyList: Load = {
  title: `a list of ${PAGE} call keys by a bearer session`,
  connections: 32,
  requests: 2_000,
  warmUp: 3_000,
  headers: asPerson,
  body: () =>
    pageOf('callKeys', 'id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed'),
  expected: wholePage('callKeys'),
};

/** A page of one's logs, at a session. */
export const usageLogList: Load = {
  title: `a page of ${PAGE} logs by a bearer session`,
  connections: 32,
  requests: 2_000,
  warmUp: 3_000,
  headers: asPerson,
  body: () =>
    pageOf('usageLogs', 'id at callKeyName type model promptTokens completionTokens quota latencyMs requestId ip'),
  expected: wholePage('usageLogs'),
};

/** What a gateway asks before each call. */
export const verification = (gatewayToken: string): Load => ({
  title: 'verifyCallKey by the gateway’s token',
  connections: 32,
  requests: 8_000,
  warmUp: 12_000,
  headers: () => ({ authorization: `Bearer ${gatewayToken}` }),
  body: (person) => ({
    query:
      'query ($key: String!, $model: String, $ip: String) { verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id } userId } }',
    variables: { key: (person as KeyOwner).secret, model: 'model-a', ip: '203.0.113.9' },
  }),
  expected: /^\{"data":\{"verifyCallKey":\{"valid":true,"refusal":null/,
});

/** The sizes of reports that are measured, and how many of them one server gets in one round. */
const reportsOf = { 1: 2_000, 100: 400, 1_000: 60 } as const;

/**
 * What a gateway reports after some calls, each of which is new; of each connection's person alone, so that batches
 * wait for each other no more than they have to.
 */
export const usageReport = (gatewayToken: string, entries: keyof typeof reportsOf): Load => ({
  title: `recordUsage of ${entries.toLocaleString('en')}`,
  connections: 8,
  requests: reportsOf[entries],
  warmUp: reportsOf[entries],
  headers: () => ({ authorization: `Bearer ${gatewayToken}` }),
  fresh: true,
  body: (person, number) => ({
    query: 'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded duplicates } }',
    variables: {
      input: { entries: Array.from({ length: entries }, (_, place) => entryOf(person as KeyOwner, number, place)) },
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
