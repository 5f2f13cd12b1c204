import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { hashToken, newToken } from '../../../src/crypto/token.js';
import { createRoot } from '../../../src/features/sign-up/create-root.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { eventsOf } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { completeSetupAs, newSetupToken } from './sign-up-as.js';

let postern: TestPostern;
beforeEach(async () => {
  postern = await startPostern();
});
afterEach(() => postern.close());

/** Fails when an action changes or records anything. */
async function expectNothingHappens(action: () => Promise<unknown>): Promise<void> {
  const before = [await stored(postern.database), await eventsOf(postern.database)];
  await action();
  expect([await stored(postern.database), await eventsOf(postern.database)]).toEqual(before);
}

test('creates the first ROOT with a setup token that is stored only as a hash (R-77)', async () => {
  const setupToken = (await newSetupToken(postern))!;
  expect(setupToken).toMatch(/^psu_[0-9A-Za-z]{49}$/);
  expect((await stored(postern.database))['setupTokens']).toMatchObject([
    { token_hash: hashToken(setupToken), used_at: null },
  ]);
  const client = postern.client();
  const answer = await completeSetupAs(client, { setupToken, username: 'keeper' });
  expect(answer).toSucceed();
  expect(answer.data.completeSetup?.user).toMatchObject({ username: 'keeper', role: 'ROOT' });
  expect(await whoAmI(client)).toBe('keeper');
  expect(await loginAs(postern.client(), { login: 'keeper', password: goodPassword })).toSucceed();
  expect(JSON.stringify(await stored(postern.database))).not.toContain(setupToken);
});

test('rejects every earlier setup token once one was used, and changes nothing (R-77)', async () => {
  const [used, spare] = [(await newSetupToken(postern))!, (await newSetupToken(postern))!];
  expect(await completeSetupAs(postern.client(), { setupToken: used })).toSucceed();
  await expectNothingHappens(async () => {
    for (const setupToken of [used, spare]) {
      const client = postern.client();
      expect(await completeSetupAs(client, { setupToken })).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
      expect(await whoAmI(client)).toBeNull();
    }
  });
});

test('keeps earlier setup tokens invalid, and their use recorded, even when no ROOT is left (R-77)', async () => {
  const [used, spare] = [(await newSetupToken(postern))!, (await newSetupToken(postern))!];
  await completeSetupAs(postern.client(), { setupToken: used });
  await query(postern.database, "update accounts set role = 'USER'");
  const usedAt = () =>
    query<{ used_at: Date | string }>(
      postern.database,
      'select used_at from setup_tokens where token_hash in (?, ?)',
      [used, spare].map(hashToken),
    );
  const before = await usedAt();
  postern.clock.advance({ minutes: 1 });
  const fresh = (await newSetupToken(postern))!;
  for (const setupToken of [used, spare])
    expect(await completeSetupAs(postern.client(), { setupToken })).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
  expect(await completeSetupAs(postern.client(), { setupToken: fresh })).toSucceed();
  expect(await usedAt()).toEqual(before);
});

test('creates one ROOT when setups with one or two tokens run concurrently (R-77)', async () => {
  const [one, other] = [(await newSetupToken(postern))!, (await newSetupToken(postern))!];
  const answers = await Promise.all(
    [one, one, other, other].map((setupToken) => completeSetupAs(postern.client(), { setupToken })),
  );
  expect(answers.filter(({ data }) => data.completeSetup?.userErrors.length === 0)).toHaveLength(1);
  expect(answers.filter(({ data }) => data.completeSetup?.userErrors[0]?.code === 'INVALID_TOKEN')).toHaveLength(3);
  expect(await query(postern.database, "select id from accounts where role = 'ROOT'")).toHaveLength(1);
  expect(await query(postern.database, 'select id from accounts')).toHaveLength(1);
  expect(await query(postern.database, 'select id from sessions')).toHaveLength(1);
});

test('rejects an unknown, mistyped or empty setup token, and changes nothing (R-77)', async () => {
  const setupToken = (await newSetupToken(postern))!;
  const mistyped = setupToken.slice(0, -1) + (setupToken.endsWith('0') ? '1' : '0');
  await expectNothingHappens(async () => {
    for (const wrong of [
      newToken('setup'),
      newToken('session'),
      mistyped,
      '',
      ' ',
      'undefined',
      `${setupToken} `,
      setupToken.toUpperCase(),
      hashToken(setupToken),
    ]) {
      expect(await completeSetupAs(postern.client(), { setupToken: wrong })).toBeRefusedWith([
        'INVALID_TOKEN',
        'setupToken',
      ]);
    }
  });
  expect(await completeSetupAs(postern.client(), { setupToken })).toSucceed();
});

test('rejects a setup token after exactly 24 hours, and changes nothing (R-77)', async () => {
  const setupToken = (await newSetupToken(postern))!;
  postern.clock.advance({ hours: 24 });
  await expectNothingHappens(async () => {
    expect(await completeSetupAs(postern.client(), { setupToken })).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
  });
  const next = (await newSetupToken(postern))!;
  postern.clock.advance({ hours: 23, minutes: 59, seconds: 59 });
  expect(await completeSetupAs(postern.client(), { setupToken: next })).toSucceed();
});

test('keeps the setup token valid after an invalid name or password (R-77)', async () => {
  const { username } = await newUser(postern);
  const setupToken = (await newSetupToken(postern))!;
  await expectNothingHappens(async () => {
    expect(await completeSetupAs(postern.client(), { setupToken, password: 'short' })).toBeRefusedWith([
      'PASSWORD_TOO_SHORT',
      'password',
    ]);
    expect(await completeSetupAs(postern.client(), { setupToken, password: 'iloveyou' })).toBeRefusedWith([
      'PASSWORD_TOO_COMMON',
      'password',
    ]);
    expect(await completeSetupAs(postern.client(), { setupToken, confirmPassword: 'another' })).toBeRefusedWith([
      'PASSWORDS_DIFFER',
      'confirmPassword',
    ]);
    expect(await completeSetupAs(postern.client(), { setupToken, username: 'a b' })).toBeRefusedWith([
      'USERNAME_INVALID',
      'username',
    ]);
    expect(await completeSetupAs(postern.client(), { setupToken, username })).toBeRefusedWith([
      'USERNAME_TAKEN',
      'username',
    ]);
  });
  expect(await completeSetupAs(postern.client(), { setupToken })).toSucceed();
});

test('accepts a password of 128 characters for the first ROOT (R-1)', async () => {
  const password = '🦉🌊🧭🪵'.repeat(32);
  expect(
    await completeSetupAs(postern.client(), {
      setupToken: (await newSetupToken(postern))!,
      username: 'keeper',
      password,
    }),
  ).toSucceed();
  expect(await loginAs(postern.client(), { login: 'keeper', password })).toSucceed();
});

test('creates a setup token at startup only if there is no ROOT (R-77)', async () => {
  await newUser(postern);
  expect(await newSetupToken(postern)).not.toBeNull();
  const { passwords, keys, config } = postern.app.dependencies;
  expect(
    await createRoot(
      { em: fork(postern.database), passwords, keys, config, now: postern.clock.read() },
      'keeper',
      goodPassword,
    ),
  ).toBeNull();
  expect(
    await query(
      postern.database,
      "select last_login_at, password_changed_at is not null as has_password from accounts where username = 'keeper'",
    ),
  ).toEqual([{ last_login_at: null, has_password: true }]);
  await expectNothingHappens(async () => {
    expect(await newSetupToken(postern)).toBeNull();
  });
});

test('rejects open setup tokens after a ROOT was created on the command line (R-77)', async () => {
  const setupToken = (await newSetupToken(postern))!;
  const { passwords, keys, config } = postern.app.dependencies;
  expect(
    await createRoot(
      { em: fork(postern.database), passwords, keys, config, now: postern.clock.read() },
      'keeper',
      goodPassword,
    ),
  ).toBeNull();
  await expectNothingHappens(async () => {
    expect(await completeSetupAs(postern.client(), { setupToken })).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
  });
});
