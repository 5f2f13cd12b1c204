import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { goodPassword, newPerson, newUsername, signIn } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { confirmIdentity, markTwoFactorOn, newTwoFactorPerson, signInWithFactor } from '../../support/two-factor.js';

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

test('a sign-in opens the step-up window for ten minutes (R-61)', async () => {
  const { client } = await newPerson(postern);
  postern.clock.advance({ minutes: 10 });
  expect(await needsStepUp(client)).toSucceed();
  const late = await newPerson(postern);
  postern.clock.advance({ minutes: 10, seconds: 1 });
  expect(await needsStepUp(late.client)).toFailWith('STEP_UP_REQUIRED');
});

test('the password opens it again, for this session alone, and tells until when (R-61)', async () => {
  const person = await newPerson(postern);
  const other = await signIn(postern, person);
  postern.clock.advance({ minutes: 11 });
  const answer = await confirm(person.client);
  expect(answer).toSucceed();
  expect(new Date(answer.data.confirmIdentity!.stepUpExpiresAt!).getTime()).toBe(
    postern.clock.read().getTime() + 600_000,
  );
  expect(await needsStepUp(other)).toFailWith('STEP_UP_REQUIRED');
  expect(await needsStepUp(person.client)).toSucceed();
});

test('use does not extend it (R-61)', async () => {
  const { client } = await newPerson(postern);
  for (let n = 0; n < 3; n += 1) {
    postern.clock.advance({ minutes: 4 });
    await client.send('{ me { id } }');
  }
  expect(await needsStepUp(client)).toFailWith('STEP_UP_REQUIRED');
});

test('the session keeps its id and gets a new token; the old one is refused (R-54)', async () => {
  const person = await newPerson(postern, 'BEARER');
  const [before] = (await person.client.send('{ me { sessions { id } } }')).data['me'].sessions;
  const { data } = await confirm(person.client);
  expect(data.confirmIdentity!.session!.session.id).toBe(before.id);
  expect((await person.client.send('{ me { id } }')).status).toBe(401);
  person.client.token = data.confirmIdentity!.session!.token!;
  expect((await person.client.send('{ me { id } }')).status).toBe(200);
});

test('a wrong password is refused, opens nothing, and keeps the token (R-61)', async () => {
  const { client } = await newPerson(postern);
  postern.clock.advance({ minutes: 11 });
  expect(await confirm(client, 'wrong-wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
  expect(await needsStepUp(client)).toFailWith('STEP_UP_REQUIRED');
  expect((await client.send('{ me { username } }')).data['me']).not.toBeNull();
});

test('with two-factor authentication on the password alone is not enough, and nothing is spent (R-61)', async () => {
  const { client, username } = await newPerson(postern);
  await markTwoFactorOn(postern.database, username);
  expect(await confirm(client)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
  expect(
    await query(
      postern.database,
      'select * from attempts where bucket = (select ? || id from accounts where username = ?)',
      ['password:session:', username],
    ),
  ).toEqual([]);
});

test('ten wrong passwords are told the time to wait (R-24)', async () => {
  const { client } = await newPerson(postern);
  for (let n = 0; n < 10; n += 1) await confirm(client, 'wrong-wrong');
  expect(await confirm(client)).toFailWith('RATE_LIMITED');
});

test('nine wrong passwords and a right one start the count anew (R-19)', async () => {
  const { client } = await newPerson(postern);
  const failNineTimesAndPass = async () => {
    for (let n = 0; n < 9; n += 1)
      expect(await confirm(client, 'wrong-wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
    expect(await confirm(client)).toSucceed();
  };
  await failNineTimesAndPass();
  await failNineTimesAndPass();
});

test('an anonymous caller confirms nothing', async () => {
  expect(await confirm(postern.client())).toFailWith('UNAUTHENTICATED');
});

test.each(['totpCode', 'backupCode'] as const)(
  'with two-factor authentication on password and %s open the step-up window (R-61)',
  async (kind) => {
    const person = await newTwoFactorPerson(postern);
    postern.clock.advance({ minutes: 11 });
    expect(await needsStepUp(person.client)).toFailWith('STEP_UP_REQUIRED');
    const factor = kind === 'totpCode' ? { totpCode: await person.app.code() } : { backupCode: person.backupCodes[0]! };
    expect(await confirmIdentity(person.client, goodPassword, factor)).toSucceed();
    expect(await needsStepUp(person.client)).toSucceed();
  },
);

test('a wrong factor opens nothing, and with a wrong password it is not even looked at (R-61)', async () => {
  const person = await newTwoFactorPerson(postern);
  postern.clock.advance({ minutes: 11 });
  expect(
    await confirmIdentity(person.client, goodPassword, { totpCode: await person.app.wrongCode() }),
  ).toBeRefusedWith(['INVALID_CODE', 'factor']);
  expect(await confirmIdentity(person.client, 'wrong-wrong', { totpCode: await person.app.code() })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  expect(await needsStepUp(person.client)).toFailWith('STEP_UP_REQUIRED');
  // So the code is good still.
  expect(await confirmIdentity(person.client, goodPassword, { totpCode: await person.app.code() })).toSucceed();
});

test('what the code of a step-up opens, it opens for its session alone (R-61)', async () => {
  const person = await newTwoFactorPerson(postern);
  const other = await signInWithFactor(postern, person, { totpCode: await person.app.nextCode() });
  postern.clock.advance({ minutes: 11 });
  expect(await confirmIdentity(person.client, goodPassword, { totpCode: await person.app.code() })).toSucceed();
  expect(await needsStepUp(other)).toFailWith('STEP_UP_REQUIRED');
});
