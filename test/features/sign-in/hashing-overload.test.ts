import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventsDuring } from '../security-event/events.js';
import { MAXIMUM_WAITING_HASHES, concurrentHashes } from '../../../src/crypto/password-hash.js';
import type { Answer } from '../../support/client.js';
import { newUser, newUsername } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import { completeSetupAs, newSetupToken, registerAs } from '../sign-up/sign-up-as.js';
import { loginAs, whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** Keeps every hashing slot busy during an action: each finished hash is followed by another. One more would spin. */
async function whileOverloaded<Result>(
  action: () => Promise<Result>,
  {
    app: {
      dependencies: { passwords, config },
    },
  } = postern,
): Promise<Result> {
  let running = true;
  const keepOne = async () => {
    while (running) await passwords.hash('somebody else').catch(() => undefined);
  };
  const others = Array.from({ length: concurrentHashes(config.argon2.parallelism) + MAXIMUM_WAITING_HASHES }, keepOne);
  try {
    return await action();
  } finally {
    running = false;
    await Promise.all(others);
  }
}

function expectBusy(answer: Answer<unknown>, field: string): void {
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answer.data).toEqual({ [field]: null });
  expect(answer.errors).toMatchObject([
    {
      path: [field],
      message: 'The server is busy. Try again in 5 seconds.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 },
    },
  ]);
  expect(answer.errors).toHaveLength(1);
  expect(answer.headers.getSetCookie()).toEqual([]);
}

test('rejects sign-in, sign-up and setup with a retry time while hashing and its queue are full (R-7)', async () => {
  const user = await newUser(postern);
  const setupToken = (await newSetupToken(postern))!;
  const before = await stored(postern.database);
  const client = postern.client();
  const events = await eventsDuring(postern.database, () =>
    whileOverloaded(async () => {
      const known = await loginAs(client, { login: user.username, password: user.password });
      const unknown = await loginAs(client, { login: newUsername(), password: 'whatever' });
      expectBusy(known, 'login');
      expect(unknown.text).toBe(known.text);
      expectBusy(await registerAs(client), 'register');
      expectBusy(await completeSetupAs(client, { setupToken }), 'completeSetup');
    }),
  );
  expect(events).toEqual([]);
  expect(await stored(postern.database)).toEqual(before);
  expect(await whoAmI(client)).toBeNull();
  expect(postern.log.join('')).not.toContain('unexpected error');
  expect(await loginAs(client, { login: user.username, password: user.password })).toSucceed();
});

test('refunds an attempt that the overloaded server couldn’t verify (R-7, R-15)', async () => {
  const limited = await startBeside(postern, { LIMITS: 'on' });
  try {
    const user = await newUser(limited);
    const attempt = (password: string) => loginAs(limited.client(), { login: user.username, password });
    for (let n = 0; n < 9; n += 1) expect(await attempt('wrong-wrong')).toBeRefusedWith(['INVALID_CREDENTIALS']);
    await whileOverloaded(async () => {
      for (let n = 0; n < 30; n += 1) expectBusy(await attempt(user.password), 'login');
    }, limited);
    expect(await attempt(user.password)).toSucceed();
  } finally {
    await limited.close();
  }
});

test('responds to requests that need no hash while hashing is overloaded (R-7)', async () => {
  const user = await newUser(postern);
  await whileOverloaded(async () => {
    expect((await postern.client().send('{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect(await whoAmI(user.client)).toBe(user.username);
    expect(await registerAs(postern.client(), { password: 'short' })).toBeRefusedWith([
      'PASSWORD_TOO_SHORT',
      'password',
    ]);
  });
});
