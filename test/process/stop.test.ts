import { Agent, request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { goodPassword } from '../support/users.js';
import { cleanUp, migratedFolder, startServer, type ServerProcess } from '../support/server-process.js';

afterEach(cleanUp);

const CONNECTIONS = 12;

interface Outcome {
  readonly query: string;
  /** The response; undefined when there was none. */
  readonly answer?: { data: Record<string, any>; errors?: unknown };
  /** Why there was no response. */
  readonly fault?: string | undefined;
}

const register =
  'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';

/** Sends a request on a keep-alive connection and returns its outcome. */
function send(server: ServerProcess, agent: Agent, query: string, variables: object = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(
      `${server.url}/graphql`,
      { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('close', () =>
          resolve(
            response.complete && response.statusCode === 200
              ? { query, answer: JSON.parse(text) as NonNullable<Outcome['answer']> }
              : { query, fault: `incomplete or ${response.statusCode}` },
          ),
        );
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve({ query, fault: error.code }));
    sent.end(JSON.stringify({ query, variables }));
  });
}

test('stops under load without losing a request', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const server = await startServer(settings);
  const outcomes: Outcome[] = [];
  let users = 0;
  const load = async (number: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = number; ; turn += 1) {
      const username = `visitor${(users += 1)}`;
      const outcome =
        turn % 2 === 0
          ? await send(server, agent, '{ policy { passwordMinLength } }')
          : await send(server, agent, register, {
              input: { username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
            });
      outcomes.push(outcome);
      if (outcomes.length === CONNECTIONS * 4) server.process.child.kill('SIGTERM');
      if (outcome.fault) return agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => load(number)));
  expect(await server.process.ended).toMatchObject({ code: 0, stderr: '' });

  expect(outcomes.filter(({ fault }) => fault).map(({ fault }) => fault)).toEqual(
    Array.from({ length: CONNECTIONS }, () => 'ECONNREFUSED'),
  );
  const answered = outcomes.filter(({ answer }) => answer);
  expect(answered.filter(({ answer }) => answer!.errors !== undefined)).toEqual([]);
  expect(answered.length).toBeGreaterThan(CONNECTIONS * 4);

  const registered = answered.filter(({ query }) => query === register).map(({ answer }) => answer!.data['register']);
  const next = await startServer(settings);
  const known = await Promise.all(
    registered.map(async ({ session }) => {
      const client = next.client();
      client.token = session.token;
      return (await client.send('{ me { role } }')).data;
    }),
  );
  expect(known).toEqual(registered.map(() => ({ me: { role: 'USER' } })));
});

test('stops within five seconds when idle, even with an open connection', async () => {
  const server = await startServer({ DATA_DIR: migratedFolder() });
  const agent = new Agent({ keepAlive: true });
  expect(await send(server, agent, '{ policy { passwordMinLength } }')).toMatchObject({
    answer: { data: { policy: { passwordMinLength: 8 } } },
  });
  const startedAt = performance.now();
  expect(await server.process.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  agent.destroy();
});
