import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { goodPassword, newUser, newUsername, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { confirmIdentity, markTwoFactorOn, newTwoFactorUser, signInWithFactor } from '../../support/two-factor.js';

const ConfirmIdentity = graphql(`
  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }
  }
`);

const confirm = (client: Client, password = goodPassword) => client.send(ConfirmIdentity, { input: { password } });
const needsStepUp = (client: Client) =>
  client.send('mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }', {
    input: { username: newUsername() },
  });

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('opens the step-up window for ten minutes at sign-in (R-61)', async () => {
  const { client } = await newUser(postern);
  postern.clock.advance({ minutes: 10 });
  expect(await needsStepUp(client)).toSucceed();
  const late = await newUser(postern);
  postern.clock.advance({ minutes: 10, seconds: 1 });
  expect(await needsStepUp(late.client)).toFailWith('STEP_UP_REQUIRED');
});

test('opens the step-up window for this session only, and returns its expiry (R-61)', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user);
  postern.clock.advance({ minutes: 11 });
  const answer = await confirm(user.client);
  expect(answer).toSucceed();
  expect(new Date(answer.data.confirmIdentity!.stepUpExpiresAt!).getTime()).toBe(
    postern.clock.read().getTime() + 600_000,
  );
  expect(await needsStepUp(other)).toFailWith('STEP_UP_REQUIRED');
  expect(await needsStepUp(user.client)).toSucceed();
});

test('doesn’t extend the step-up window when the session is used (R-61)', async () => {
  const { client } = await newUser(postern);
  for (let n = 0; n < 3; n += 1) {
    postern.clock.advance({ minutes: 4 });
    await client.send('{ me { id } }');
  }
  expect(await needsStepUp(client)).toFailWith('STEP_UP_REQUIRED');
});

test('keeps the session’s ID but replaces its token when the user confirms their identity (R-54)', async () => {
  const user = await newUser(postern, 'BEARER');
  const [before] = (await user.client.send('{ me { sessions { id } } }')).data['me'].sessions;
  const { data } = await confirm(user.client);
  expect(data.confirmIdentity!.session!.session.id).toBe(before.id);
  expect((await user.client.send('{ me { id } }')).status).toBe(401);
  user.client.token = data.confirmIdentity!.session!.token!;
  expect((await user.client.send('{ me { id } }')).status).toBe(200);
});

test('rejects confirmation with a wrong password, and keeps the session’s token (R-61)', async () => {
  const { client } = await newUser(postern);
  postern.clock.advance({ minutes: 11 });
  expect(await confirm(client, 'wrong-wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
  expect(await needsStepUp(client)).toFailWith('STEP_UP_REQUIRED');
  expect((await client.send('{ me { username } }')).data['me']).not.toBeNull();
});

test('requires the second factor for step-up when it is on, without taking an attempt (R-61)', async () => {
  const { client, username } = await newUser(postern);
  await markTwoFactorOn(postern.database, username);
  expect(await confirm(client)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
  expect(
    await query(
      postern.database,
      'select * from attempts where bucket in (select ? || s.id from sessions s join accounts a on a.id = s.account_id where username = ?)',
      ['password:session:', username],
    ),
  ).toEqual([]);
});

test('limits confirmation after ten wrong passwords (R-24)', async () => {
  const { client } = await newUser(postern);
  for (let n = 0; n < 10; n += 1) await confirm(client, 'wrong-wrong');
  expect(await confirm(client)).toFailWith('RATE_LIMITED');
});

test('counts from zero again after nine failed confirmations and a successful one (R-19)', async () => {
  const { client } = await newUser(postern);
  const failNineTimesAndPass = async () => {
    for (let n = 0; n < 9; n += 1)
      expect(await confirm(client, 'wrong-wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
    expect(await confirm(client)).toSucceed();
  };
  await failNineTimesAndPass();
  await failNineTimesAndPass();
});

test('rejects confirmation by an anonymous caller', async () => {
  expect(await confirm(postern.client())).toFailWith('UNAUTHENTICATED');
});

test.each(['totpCode', 'backupCode'] as const)(
  'opens the step-up window with the password and %s when two-factor authentication is on (R-61)',
  async (kind) => {
    const user = await newTwoFactorUser(postern);
    postern.clock.advance({ minutes: 11 });
    expect(await needsStepUp(user.client)).toFailWith('STEP_UP_REQUIRED');
    const factor = kind === 'totpCode' ? { totpCode: await user.app.code() } : { backupCode: user.backupCodes[0]! };
    expect(await confirmIdentity(user.client, goodPassword, factor)).toSucceed();
    expect(await needsStepUp(user.client)).toSucceed();
  },
);

test('rejects a wrong factor for step-up, and doesn’t verify it if the password is wrong (R-61)', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 11 });
  expect(await confirmIdentity(user.client, goodPassword, { totpCode: await user.app.wrongCode() })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  expect(await confirmIdentity(user.client, 'wrong-wrong', { totpCode: await user.app.code() })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  expect(await needsStepUp(user.client)).toFailWith('STEP_UP_REQUIRED');
  // The code is still valid.
  expect(await confirmIdentity(user.client, goodPassword, { totpCode: await user.app.code() })).toSucceed();
});

test('opens the step-up window with a code for this session only (R-61)', async () => {
  const user = await newTwoFactorUser(postern);
  const other = await signInWithFactor(postern, user, { totpCode: await user.app.nextCode() });
  postern.clock.advance({ minutes: 11 });
  expect(await confirmIdentity(user.client, goodPassword, { totpCode: await user.app.code() })).toSucceed();
  expect(await needsStepUp(other)).toFailWith('STEP_UP_REQUIRED');
});
