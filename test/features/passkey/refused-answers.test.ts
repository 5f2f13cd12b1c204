import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  confirmationOptions,
  loginOptions,
  loginWithPasskey,
  newPasskeyUser,
  registrationOptions,
  type PasskeyUser,
} from '../../support/passkeys.js';
import { newUser } from '../../support/users.js';
import { answerWrongly, wrongAnswers } from './wrong-answers.js';

let postern: TestPostern;
let user: PasskeyUser;
let other: PasskeyUser;
beforeAll(async () => {
  postern = await startPostern();
  [user, other] = [await newPasskeyUser(postern), await newPasskeyUser(postern)];
  // The counter of a passkey that was never used is 0, which allows any.
  for (const { authenticator } of [user, other])
    expect(
      await loginWithPasskey(postern.client(), authenticator.answer(await loginOptions(postern.client()))),
    ).toSucceed();
});
afterAll(() => postern.close());

/** Everything that an answer could change. */
const stored = async () => ({
  accounts: await query(postern.database, 'select * from accounts order by id'),
  passkeys: await query(postern.database, 'select * from passkeys order by id'),
  sessions: await query(postern.database, 'select id, token_hash, stepped_up_at from sessions order by id'),
});

const latestEvent = async () => {
  const [event] = await query<{ type: string; outcome: string; account_id: string | null }>(
    postern.database,
    'select type, outcome, account_id from security_events order by id desc limit 1',
  );
  return event;
};

const confirm = ({ client }: PasskeyUser, passkey: unknown) =>
  client.send(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code field } } }',
    { input: { factor: { passkey } } },
  );

describe('of a sign-in', () => {
  const refuse = async (response: unknown) => {
    const before = await stored();
    expect(await loginWithPasskey(postern.client(), response)).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await stored()).toEqual(before);
    expect(await latestEvent()).toMatchObject({ type: 'LOGIN_FAILED', outcome: 'REFUSED' });
  };

  test.each(Object.entries(wrongAnswers))('refuses a sign-in with an answer %s (R-101, R-102)', async (_, wrong) => {
    await refuse(answerWrongly(user.authenticator, await loginOptions(postern.client()), wrong));
  });

  test('refuses an answer without user verification or user handle (R-103)', async () => {
    await refuse(
      user.authenticator.answer(await loginOptions(postern.client()), (state) => {
        state.userVerified = false;
      }),
    );
    const answer = user.authenticator.answer(await loginOptions(postern.client()));
    await refuse({ ...answer, response: { ...answer.response, userHandle: null } });
  });

  test('refuses an answer that was used, and a right one to a challenge that a wrong one consumed', async () => {
    const answer = user.authenticator.answer(await loginOptions(postern.client()));
    expect(await loginWithPasskey(postern.client(), answer)).toSucceed();
    await refuse(answer);
    const options = await loginOptions(postern.client());
    await refuse(answerWrongly(user.authenticator, options, wrongAnswers['with another signature']!));
    await refuse(user.authenticator.answer(options));
  });

  test('refuses an answer after five minutes', async () => {
    const answer = user.authenticator.answer(await loginOptions(postern.client()));
    postern.clock.advance({ minutes: 5 });
    await refuse(answer);
  });

  test('refuses an answer to a challenge of a confirmation', async () => {
    await refuse(user.authenticator.answer(await confirmationOptions(user.client)));
  });

  test('tells only with a right answer that the account is disabled (R-109)', async () => {
    const disabled = await newPasskeyUser(postern);
    await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [disabled.username]);
    const options = await loginOptions(postern.client());
    await refuse(answerWrongly(disabled.authenticator, options, wrongAnswers['with another signature']!));
    const right = disabled.authenticator.answer(await loginOptions(postern.client()));
    expect(await loginWithPasskey(postern.client(), right)).toBeRefusedWith(['ACCOUNT_DISABLED']);
  });
});

describe('as a factor in a session', () => {
  const refuse = async (response: unknown) => {
    const before = await stored();
    expect(await confirm(user, response)).toBeRefusedWith(['INVALID_CODE', 'factor']);
    expect(await stored()).toEqual(before);
    expect(await latestEvent()).toMatchObject({ type: 'SECOND_FACTOR_FAILED', outcome: 'REFUSED' });
  };

  test.each(Object.entries(wrongAnswers))(
    'refuses a factor with an answer %s (R-101, R-102, R-105)',
    async (_, wrong) => {
      await refuse(answerWrongly(user.authenticator, await confirmationOptions(user.client), wrong));
    },
  );

  test('refuses an answer without user verification if there is no password', async () => {
    await refuse(
      user.authenticator.answer(await confirmationOptions(user.client), (state) => {
        state.userVerified = false;
      }),
    );
  });

  test('refuses an answer to a challenge of a sign-in, of another session and of another account', async () => {
    await refuse(user.authenticator.answer(await loginOptions(postern.client())));
    const elsewhere = postern.client();
    elsewhere.token = (
      await loginWithPasskey(elsewhere, user.authenticator.answer(await loginOptions(elsewhere)))
    ).data.loginWithPasskey!.session!.token!;
    await refuse(user.authenticator.answer(await confirmationOptions(elsewhere)));
    await refuse(other.authenticator.answer(await confirmationOptions(other.client)));
    await refuse(other.authenticator.answer(await confirmationOptions(user.client)));
  });

  test('refuses an answer to the challenge of a registration in the same session (R-101)', async () => {
    const proof = { password: user.password, factor: { backupCode: user.backupCodes[0]! } };
    const { challenge } = (await registrationOptions(user.client, proof)) as { challenge: string };
    await refuse(user.authenticator.answer({ challenge, rpId: 'localhost' }));
  });

  test('accepts a right answer after all of them, since none locks a passkey (R-105)', async () => {
    const answer = user.authenticator.answer(await confirmationOptions(user.client));
    expect(await confirm(user, answer)).toSucceed();
  });
});

test('has no options for a user without a passkey', async () => {
  const { client } = await newUser(postern);
  expect(
    await client.send('mutation { startPasskeyConfirmation { options userErrors { code field } } }'),
  ).toBeRefusedWith(['PASSKEY_NOT_SET']);
});
