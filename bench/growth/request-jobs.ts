import { setTimeout } from 'node:timers/promises';
import { sweep } from '../built.ts';
import { mutate, send, signIn } from '../people.ts';
import { ensure, forUsers, read, type GrowthJob } from './growth-job.ts';

const verifyQuery =
  'query ($key: String!) { verifyCallKey(key: $key, model: "model-1", ip: "203.0.113.9") { valid callKey { id } userId } }';
const recordMutation =
  'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded duplicates rejected { code } } }';

export const signInJob: GrowthJob = {
  name: 'sign-in',
  requests: 40,
  tables: 'accounts, sessions, known_networks, security_events',
  run: ({ users, url }, first, count) =>
    forUsers(users, first, count, async (user) => ensure((await signIn(url, user)).token, 'login')),
};

export const me: GrowthJob = read({
  name: 'me',
  requests: 800,
  tables: 'sessions, accounts',
  query: '{ me { id username role } }',
  isRight: (data) => data.me.id,
  of: ({ users }) => users,
});

export const verifyCallKey: GrowthJob = {
  name: 'verifyCallKey',
  requests: 800,
  tables: 'call_keys, accounts, api_tokens',
  run: ({ users, url, gatewayToken }, first, count) =>
    forUsers(users, first, count, async ({ callKey }) => {
      ensure((await send(url, verifyQuery, { key: callKey }, gatewayToken))['verifyCallKey'].valid, 'verifyCallKey');
    }),
};

const callOf = (callKeyId: string, name: string, place: number) => ({
  callKeyId,
  at: new Date().toISOString(),
  type: 'CONSUME',
  model: `model-${place % 5}`,
  promptTokens: 812 + place,
  completionTokens: 344,
  quota: 1_500,
  requestId: `request-${name}-${place}`,
});

/** A gateway's report of so many calls of one user. */
export const recordUsage = (calls: number, requests: number): GrowthJob => ({
  name: `recordUsage of ${calls}`,
  requests,
  tables: 'usage_logs, usage_totals, call_keys',
  run: ({ users, url, gatewayToken }, first, count) =>
    forUsers(users, first, count, async ({ callKeyId }, number) => {
      const name = `${number}-${performance.now()}`;
      const entries = Array.from({ length: calls }, (_, place) => callOf(callKeyId, name, place));
      const { recordUsage: answer } = await send(url, recordMutation, { input: { entries } }, gatewayToken);
      ensure(answer.recorded === calls, 'recordUsage');
    }),
});

export const updateCallKey: GrowthJob = {
  name: 'updateCallKey, with its event',
  requests: 200,
  tables: 'call_keys, security_events',
  run: ({ users, url }, first, count) =>
    forUsers(users, first, count, ({ token, callKeyId }, number) =>
      mutate(url, 'updateCallKey', 'callKey { id }', { id: callKeyId, name: `name ${number}` }, token),
    ),
};

/**
 * A change whose event is sent to a webhook, until the receiver has it.
 *
 * @param received how many messages have arrived
 */
export const deliverEvent = (received: () => number): GrowthJob => ({
  name: 'rotateCallKey, with a webhook delivery',
  requests: 80,
  tables: 'webhook_deliveries, security_events, call_keys',
  run: async ({ users, url }, first, count) => {
    const before = received();
    await forUsers(users, first, count, async (user) => {
      const input = { id: user.callKeyId };
      const { key } = await mutate(url, 'rotateCallKey', 'key', input, user.token);
      user.callKey = key as string;
    });
    while (received() < before + count) await setTimeout(10);
  },
});

/** What each instance does every five minutes. */
export const sweepJob: GrowthJob = {
  name: 'a sweep that finds nothing',
  requests: 20,
  tables: 'all whose rows expire',
  run: async ({ database }, _, count) => {
    for (let turn = 0; turn < count; turn += 1) await sweep(database, new Date());
  },
};
