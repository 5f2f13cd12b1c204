import { me } from '../loads.ts';
import { asUser, callKeyList, pageOf, usageLogList, verification, wholePage } from '../management-loads.ts';
import { newApiToken, signIn } from '../people.ts';
import type { Load } from '../load.ts';
import { keyOwnersOf, rootOfMany } from './accounts.ts';
import { jobOf, type Job } from './job.ts';
import type { Site } from './site.ts';

const SESSIONS = 10;

const read = (query: string, expected: RegExp): Load => ({
  title: '',
  connections: 32,
  requests: 0,
  warmUp: 0,
  headers: asUser,
  body: () => ({ query }),
  expected,
});

const usageSummary = read(
  '{ me { usageSummary { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute } } }',
  /^\{"data":\{"me":\{"usageSummary":\{"requests":[1-9]/,
);

const sessions = read(
  '{ me { sessions { id current createdAt lastSeenAt expiresAt ip device factors } } }',
  new RegExp(`^\\{"data":\\{"me":\\{"sessions":\\[(\\{"id":[^{}]+\\},?){${SESSIONS}}\\]\\}\\}\\}`),
);

const eventFields = 'id at type outcome reason detail ip device requestId actor { username }';
const securityEvents = read(pageOf('securityEvents', eventFields).query, wholePage('securityEvents'));
const allSecurityEvents = read(
  `{ securityEvents(first: 50) { edges { cursor node { ${eventFields} user { username } } } pageInfo { hasNextPage endCursor } } }`,
  wholePage('securityEvents'),
);

const userFields = 'id username role status createdAt email lastLoginAt locale twoFactor { enabled }';
const users = read(
  `{ users(first: 50) { edges { cursor node { ${userFields} } } pageInfo { hasNextPage endCursor } totalCount } }`,
  wholePage('users'),
);

async function withApiTokens(site: Site) {
  const users = await keyOwnersOf(site);
  return Promise.all(users.map(async (user) => ({ ...user, token: await newApiToken(site.url, user) })));
}

async function withSessions(site: Site) {
  const users = await keyOwnersOf(site);
  for (const user of users) for (let number = 1; number < SESSIONS; number += 1) await signIn(site.url, user);
  return users;
}

/** The jobs that read. */
export const readJobs: readonly Job[] = [
  jobOf('me', 6_000, () => me, keyOwnersOf),
  jobOf('me-by-api-token', 6_000, () => me, withApiTokens),
  jobOf('call-keys', 600, () => callKeyList, keyOwnersOf),
  jobOf('usage-logs', 1_000, () => usageLogList, keyOwnersOf),
  jobOf('usage-summary', 600, () => usageSummary, keyOwnersOf),
  jobOf('sessions', 2_000, () => sessions, withSessions),
  jobOf('security-events', 400, () => securityEvents, keyOwnersOf),
  jobOf('verify-call-key', 3_200, ({ gatewayToken }) => verification(gatewayToken), keyOwnersOf),
  jobOf('users', 320, () => users, rootOfMany),
  jobOf('all-security-events', 320, () => allSecurityEvents, rootOfMany),
];
