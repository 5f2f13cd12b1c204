import { pageOf } from '../management-loads.ts';
import { read, type GrowthJob, type ReadJob } from './growth-job.ts';

const PAGE = 50;
const usageFields = 'id at callKeyName type model promptTokens completionTokens quota latencyMs requestId ip';
const eventFields = 'id at type outcome reason detail ip device requestId actor { username }';
const keyFields = 'id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed';
const userFields = 'id username role status createdAt email lastLoginAt locale twoFactor { enabled }';

/** Reads something of each reader in turn. */
const readOwn = (name: string, requests: number, tables: string, query: string, isRight: (me: any) => unknown) =>
  read({ name, requests, tables, query, isRight: ({ me }) => isRight(me), of: ({ readers }) => readers });

const ownPage = (name: string, requests: number, table: string, list: string, fields: string) =>
  readOwn(name, requests, table, pageOf(list, fields).query, (me) => me[list].edges.length === PAGE);

const pageOfAll = (name: string, table: string, list: string, fields: string, isRight: ReadJob['isRight']) =>
  read({
    name,
    requests: 100,
    tables: table,
    query: `{ ${list}(first: ${PAGE}) { edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } }`,
    isRight,
    of: ({ root }) => [root],
  });

const lastWeek = () =>
  `{ from: "${new Date(Date.now() - 7 * 86_400_000).toISOString()}", to: "${new Date().toISOString()}" }`;

/** The lists and sums of users. */
export const ownLists: readonly GrowthJob[] = [
  ownPage('50 usage logs', 200, 'usage_logs', 'usageLogs', usageFields),
  ownPage('50 call keys', 200, 'call_keys', 'callKeys', keyFields),
  ownPage('50 security events', 200, 'security_events', 'securityEvents', eventFields),
  readOwn(
    'usage summary',
    200,
    'usage_totals, usage_logs',
    '{ me { usageSummary { requests errors quota requestsPerMinute } } }',
    (me) => me.usageSummary,
  ),
  readOwn(
    'usage of a week by days',
    200,
    'usage_totals, usage_logs',
    `{ me { usageSeries(interval: DAY, filter: ${lastWeek()}) { at requests quota } } }`,
    (me) => me.usageSeries.length >= 7,
  ),
];

/** The lists of administrators. */
export const listsOfAll: readonly GrowthJob[] = [
  pageOfAll('50 users', 'accounts', 'users', userFields, ({ users }) => users.edges.length === PAGE),
  pageOfAll(
    '50 events of all users',
    'security_events',
    'securityEvents',
    `${eventFields} user { username }`,
    ({ securityEvents }) => securityEvents.edges.length === PAGE,
  ),
  pageOfAll(
    '50 usage logs of all users',
    'usage_logs',
    'usageLogs',
    usageFields,
    ({ usageLogs }) => usageLogs.edges.length === PAGE,
  ),
];
