import { Agent, request } from 'node:http';
import { beforeAll, expect, test } from '@jest/globals';
import { startPostern, type TestPostern } from '../support/postern.js';

/** For how long no request may have come before idle connections are closed (in ms). */
const IDLE_GRACE_MS = 250;
/** More requests, one after the other, than are answered in that time. */
const CONNECTIONS = 300;

let postern: TestPostern;

beforeAll(async () => {
  postern = await startPostern();
});

/** Sends a request over the one connection of an agent. @returns its status and header, or why it has no answer */
const send = (url: string, agent: Agent, query: string): Promise<string> =>
  new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' };
    request(`${url}/graphql`, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(`${response.statusCode} ${response.headers.connection}`));
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end(JSON.stringify({ query }));
  });

test('answers requests over all open connections while it stops, as long as they keep coming', async () => {
  const query = '{ policy { registration } }';
  const agents = Array.from({ length: CONNECTIONS }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const opened = await Promise.all(agents.map((agent) => send(postern.url, agent, query)));
  expect(new Set(opened)).toEqual(new Set(['200 keep-alive']));
  const startedAt = performance.now();
  const closed = postern.close();
  const answers: string[] = [];
  for (const agent of agents) {
    if (performance.now() > startedAt + 2 * IDLE_GRACE_MS) break;
    answers.push(await send(postern.url, agent, query));
  }
  expect(performance.now() - startedAt).toBeGreaterThan(IDLE_GRACE_MS);
  expect(new Set(answers)).toEqual(new Set(['200 close']));
  await closed;
  for (const agent of agents) agent.destroy();
});
