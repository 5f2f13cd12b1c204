import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HashingOverloadedError, type PasswordHashing } from '../../../src/crypto/password-hash.js';
import { parseBackupCode } from '../../../src/crypto/backup-code.js';
import { watchHashing } from '../password/watch-hashing.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  confirmIdentity,
  myTwoFactor,
  newTwoFactorUser,
  openChallenge,
  signInWithFactor,
  verifySecondFactor,
  type TwoFactorUser,
} from '../../support/two-factor.js';
import { whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const bucketOf = async (kind: string, { username }: Pick<TestUser, 'username'>) =>
  query<{ failures: number; locked_until: string | null }>(
    postern.database,
    'select failures, locked_until from attempts where bucket = ?',
    [`${kind}:${await accountId(postern.database, username)}`],
  );

const challengesOf = async ({ username }: Pick<TestUser, 'username'>) =>
  query<{ attempts: number }>(
    postern.database,
    'select attempts from second_factor_challenges where account_id = ? order by id',
    [await accountId(postern.database, username)],
  );

/** Everything stored except the attempts taken: equal before and after a refusal. */
async function storedButCosts() {
  const { challenges, ...rest } = await stored(postern.database);
  return {
    ...rest,
    challenges: (challenges as { attempts: number }[]).map((challenge) => ({ ...challenge, attempts: 0 })),
  };
}

test('opens a session with a challenge and a code, and lists its factors (R-9)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const client = postern.client();
  const answer = await verifySecondFactor(client, challenge, { totpCode: await user.app.nextCode() });
  expect(answer.data.verifySecondFactor).toEqual({
    user: { id: user.id, username: user.username },
    backupCodesLeft: 10,
    userErrors: [],
    session: {
      token: expect.stringMatching(/^pss_/),
      session: { id: expect.any(String), current: true, factors: ['PASSWORD', 'TOTP'], expiresAt: expect.any(String) },
    },
  });
  client.token = answer.data.verifySecondFactor!.session!.token!;
  expect(await whoAmI(client)).toBe(user.username);
});

test('returns the same user fields after the second sign-in step as `me`', async () => {
  const user = await newTwoFactorUser(postern);
  const fields = 'id username role status createdAt';
  const input = {
    challenge: await openChallenge(postern.client(), user),
    factor: { totpCode: await user.app.nextCode() },
  };
  const { data, errors } = await postern
    .client()
    .send(`mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { user { ${fields} } } }`, {
      input,
    });
  const me = await user.client.send(`{ me { ${fields} } }`);
  expect(errors).toEqual([]);
  expect(me.data['me'].createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(data['verifySecondFactor'].user).toEqual(me.data['me']);
});

test('accepts a backup code once at sign-in, and returns how many are left (R-38)', async () => {
  const user = await newTwoFactorUser(postern);
  const [code] = user.backupCodes as [string];
  const answer = await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
    backupCode: code.toLowerCase().replaceAll('-', ' '),
  });
  expect(answer.data.verifySecondFactor).toMatchObject({
    backupCodesLeft: 9,
    session: { session: { factors: ['PASSWORD', 'BACKUP_CODE'] } },
  });
  expect(await myTwoFactor(user.client)).toMatchObject({ backupCodesLeft: 9 });
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), { backupCode: code }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

test('applies the delivery and “remember me” chosen in the first step (R-53, R-55)', async () => {
  const user = await newTwoFactorUser(postern);
  const browser = postern.client();
  const remembered = await verifySecondFactor(browser, await openChallenge(browser, user, 'COOKIE', true), {
    totpCode: await user.app.nextCode(),
  });
  expect(remembered.data.verifySecondFactor!.session!.token).toBeNull();
  expect(remembered.headers.getSetCookie().find((cookie) => cookie.startsWith('postern_session='))).toMatch(
    /expires=/i,
  );
  expect(await whoAmI(browser)).toBe(user.username);
  const program = await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user, 'BEARER'), {
    totpCode: await user.app.nextCode(),
  });
  expect(program.headers.getSetCookie()).toEqual([]);
  const [long, short] = [remembered, program].map(
    ({ data }) =>
      new Date(data.verifySecondFactor!.session!.session.expiresAt).getTime() - postern.clock.read().getTime(),
  );
  expect(long! - short!).toBeGreaterThan(12 * 24 * 3_600_000);
});

test('revokes the client’s previous session, and remembers the browser (R-19, R-54)', async () => {
  const [user, other] = [await newTwoFactorUser(postern), await newUser(postern)];
  const previous = other.client.copy();
  await verifySecondFactor(other.client, await openChallenge(other.client, user, 'COOKIE'), {
    totpCode: await user.app.nextCode(),
  });
  expect(await whoAmI(other.client)).toBe(user.username);
  expect(await whoAmI(previous)).toBeNull();
  const devices = await query(
    postern.database,
    'select id from known_devices join accounts on accounts.id = account_id and accounts.auth_version = known_devices.auth_version where username = ?'.replace(
      'select id',
      'select known_devices.id',
    ),
    [user.username],
  );
  expect(devices).toHaveLength(1);
  // A known device does not replace the second factor.
  expect(await openChallenge(other.client, user, 'COOKIE')).toMatch(/^psc_/);
});

test('opens the step-up window at a sign-in with both factors (R-61)', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 11 });
  const client = await signInWithFactor(postern, user, { totpCode: await user.app.nextCode() });
  expect(await client.send('mutation { resetApiToken { userErrors { code } } }')).toSucceed();
});

test('accepts a sign-in challenge once (R-11)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() })).toSucceed();
  expect(await challengesOf(user)).toEqual([]);
  expect(
    await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

const deadChallenges: Record<string, (user: TwoFactorUser, challenge: string) => Promise<string>> = {
  'one that never was': () => Promise.resolve(`psc_${'0'.repeat(49)}`),
  'nothing at all': () => Promise.resolve(''),
  'a session token': ({ client }) => Promise.resolve(client.token!),
  'one that is five minutes old': (_, challenge) => {
    postern.clock.advance({ minutes: 5 });
    return Promise.resolve(challenge);
  },
  'one from before a password change': async ({ client }, challenge) => {
    const changed = await client.send(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
      {
        input: {
          currentPassword: 'Quiet-Harbour-71',
          newPassword: 'Louder-Lantern-88',
          confirmPassword: 'Louder-Lantern-88',
        },
      },
    );
    expect(changed).toSucceed();
    return challenge;
  },
  'one of another account': async () => openChallenge(postern.client(), await newTwoFactorUser(postern)),
};

test.each(Object.entries(deadChallenges))(
  'responds as to a wrong code when the sign-in challenge is %s (R-10, R-11)',
  async (_, kill) => {
    const user = await newTwoFactorUser(postern, 'BEARER');
    const wrong = await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.wrongCode(),
    });
    expect(wrong).toBeRefusedWith(['INVALID_CREDENTIALS']);
    const dead = await kill(user, await openChallenge(postern.client(), user));
    const { sessions } = await stored(postern.database);
    const answer = await verifySecondFactor(postern.client(), dead, { totpCode: await user.app.nextCode() });
    expect([answer.status, answer.text]).toEqual([wrong.status, wrong.text]);
    expect((await stored(postern.database))['sessions']).toEqual(sessions);
  },
);

test('reveals that an account is disabled only when every factor is right (R-13)', async () => {
  const user = await newTwoFactorUser(postern);
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [user.username]);
  const challenge = await openChallenge(postern.client(), user);
  expect(
    await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.wrongCode() }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(
    await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() }),
  ).toBeRefusedWith(['ACCOUNT_DISABLED']);
});

test('changes only the count of attempts after a wrong code (R-15)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const before = await storedButCosts();
  for (const factor of [{ totpCode: await user.app.wrongCode() }, { backupCode: '7-K3QF-0V1M-1TB4-W8PC' }]) {
    expect(await verifySecondFactor(postern.client(), challenge, factor)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
  expect(await storedButCosts()).toEqual(before);
});

test('counts malformed codes as attempts, and rejects the challenge after five (R-15)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  for (const factor of [
    { totpCode: '' },
    { totpCode: '１２３４５６' },
    { backupCode: 'no' },
    { backupCode: '' },
    { totpCode: await user.app.wrongCode() },
  ]) {
    expect(await verifySecondFactor(postern.client(), challenge, factor)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
  expect(await challengesOf(user)).toEqual([{ attempts: 5 }]);
  // A backup code takes an attempt only of the challenge, an authenticator code also of the account.
  expect(await bucketOf('second-factor', user)).toMatchObject([{ failures: 3 }]);
  expect(
    await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await challengesOf(user)).toEqual([{ attempts: 5 }]);
});

test('verifies a code only as the kind of factor that it was submitted as (R-16)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  expect(
    await verifySecondFactor(postern.client(), challenge, { backupCode: await user.app.nextCode() }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: user.backupCodes[0]! })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.code() })).toSucceed();
});

test.each([
  ['both', '{"totpCode":"123456","backupCode":"x"}'],
  ['neither', '{}'],
  ['null', 'null'],
  ['a null code', '{"totpCode":null}'],
  ['one and a null', '{"totpCode":"123456","backupCode":null}'],
  ['a number', '{"totpCode":123456}'],
  ['a list', '{"totpCode":["123456"]}'],
  ['a list of factors', '[{"totpCode":"123456"},{"totpCode":"123456"}]'],
  ['another field', '{"totpCode":"123456","smsCode":"1"}'],
  ['true', 'true'],
])('rejects %s instead of a factor as malformed, without taking an attempt (R-10, R-16)', async (_, factor) => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const before = await stored(postern.database);
  const document =
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { session { token } userErrors { code } } }';
  const byVariable = await postern
    .client()
    .post(
      `{"query":${JSON.stringify(document)},"variables":{"input":{"challenge":"${challenge}","factor":${factor}}}}`,
    );
  const literal = factor.replaceAll(/"(\w+)":/g, '$1:');
  const inDocument = await postern
    .client()
    .send(
      `mutation { verifySecondFactor(input: { challenge: "${challenge}", factor: ${literal} }) { session { token } userErrors { code } } }`,
    );
  for (const answer of [byVariable, inDocument]) {
    expect(answer.status).toBe(400);
    expect(answer.errors[0]!.extensions['code']).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
    expect(answer.text).not.toContain('123456');
  }
  expect(await stored(postern.database)).toEqual(before);
  expect(await bucketOf('second-factor', user)).toEqual([]);
});

test('rejects fields for a code in login, which accepts only the password (R-10)', async () => {
  const user = await newTwoFactorUser(postern);
  for (const extra of ['totpCode', 'backupCode', 'factor', 'code']) {
    const answer = await postern
      .client()
      .send(
        `mutation { login(input: { login: "${user.username}", password: "wrong", ${extra}: "${await user.app.code(1)}" }) { session { token } } }`,
      );
    expect(answer.status).toBe(400);
  }
});

test('rejects an operation that submits several codes, without verifying any of them (R-17)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const field = `verifySecondFactor(input: { challenge: "${challenge}", factor: { totpCode: "${await user.app.nextCode()}" } }) { session { token } }`;
  for (const count of [2, 10, 100]) {
    const answer = await postern
      .client()
      .send(`mutation { ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} }`);
    expect(answer.status).toBe(400);
  }
  expect(await challengesOf(user)).toEqual([{ attempts: 0 }]);
});

test('accepts the code of a time step once across all mutations, and none of an earlier step (R-26)', async () => {
  const user = await newTwoFactorUser(postern, 'BEARER');
  postern.clock.advance({ seconds: 60 });
  const [older, current] = [await user.app.code(-1), await user.app.code()];
  const challenge = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: current })).toSucceed();
  for (const code of [current, `${current.slice(0, 3)} ${current.slice(3)}`, older]) {
    expect(
      await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), { totpCode: code }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await confirmIdentity(user.client, user.password, { totpCode: code })).toBeRefusedWith([
      'INVALID_CODE',
      'factor',
    ]);
  }
  expect(await confirmIdentity(user.client, user.password, { totpCode: await user.app.nextCode() })).toSucceed();
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.code(),
    }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

test('accepts app codes up to one step from the server’s clock, and none before a used one (D-4)', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 2 });
  for (const [steps, works] of [
    [-2, false],
    [2, false],
    [-1, true],
    [-1, false],
    [0, true],
    [1, true],
    [0, false],
    [1, false],
  ] as const) {
    const answer = await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.code(steps),
    });
    expect([steps, answer.data.verifySecondFactor!.session !== null]).toEqual([steps, works]);
  }
});

test('accepts an app code with spaces (R-28)', async () => {
  const user = await newTwoFactorUser(postern);
  const code = await user.app.nextCode();
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: ` ${code.slice(0, 3)} ${code.slice(3)}`,
    }),
  ).toSucceed();
});

/** Sends wrong codes at new challenges and checks that the account counts each verified one. */
async function failAtChallenges(user: TwoFactorUser, tries: number): Promise<void> {
  let challenge = '';
  for (let n = 0; n < tries; n += 1) {
    if (n % 5 === 0) challenge = await openChallenge(postern.client(), user);
    expect(
      await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.wrongCode() }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
}

test('locks app codes for 15 minutes after ten wrong codes across all challenges (R-20)', async () => {
  const user = await newTwoFactorUser(postern, 'BEARER');
  const events = await eventsDuring(postern.database, () => failAtChallenges(user, 12));
  expect(events.filter(({ type }) => type === 'ATTEMPTS_LOCKED')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'SECOND_FACTOR_FAILED')).toHaveLength(10);
  expect(await bucketOf('second-factor', user)).toMatchObject([{ failures: 10 }]);
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.nextCode(),
    }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  // A user with a session sees the time to wait.
  const messages = await confirmIdentity(user.client, user.password, { totpCode: await user.app.nextCode() });
  expect(messages).toFailWith('RATE_LIMITED');
  expect(messages.errors[0]!.extensions['retryAfterSeconds']).toBe(900 - 60);
  postern.clock.advance({ minutes: 15 });
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.code(),
    }),
  ).toSucceed();
  expect(await bucketOf('second-factor', user)).toEqual([]);
});

test('accepts a backup code while app codes are locked, and lifts the lock (R-20)', async () => {
  const user = await newTwoFactorUser(postern);
  await failAtChallenges(user, 10);
  await query(postern.database, "update attempts set failures = 100 where bucket like 'second-factor:%'");
  postern.clock.advance({ days: 2 });
  const frozen = await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
    totpCode: await user.app.code(),
  });
  expect(frozen).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      backupCode: user.backupCodes[3]!,
    }),
  ).toSucceed();
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await user.app.nextCode(),
    }),
  ).toSucceed();
});

test('keeps the count of wrong app codes, whatever passwords are entered afterwards (R-20)', async () => {
  const user = await newTwoFactorUser(postern);
  await failAtChallenges(user, 3);
  for (let n = 0; n < 3; n += 1) await signIn(postern, { username: user.username, password: 'wrong' });
  await openChallenge(postern.client(), user);
  expect(await bucketOf('second-factor', user)).toMatchObject([{ failures: 3 }]);
});

test('rejects another account’s backup codes and app codes (R-40)', async () => {
  const [user, other] = [await newTwoFactorUser(postern), await newTwoFactorUser(postern)];
  const challenge = await openChallenge(postern.client(), user);
  for (const factor of [{ backupCode: other.backupCodes[0]! }, { totpCode: await other.app.nextCode() }]) {
    expect(await verifySecondFactor(postern.client(), challenge, factor)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
  expect(await myTwoFactor(other.client)).toMatchObject({ backupCodesLeft: 10 });
});

/** Replaces a user's first backup code by its form from before version 0.2. */
async function storeOldForm({ username, backupCodes }: TwoFactorUser): Promise<void> {
  const { canonical, selector } = parseBackupCode(backupCodes[0]!)!;
  await query(
    postern.database,
    'update backup_codes set code_ciphertext = null, code_hash = ? where selector = ? and account_id = (select id from accounts where username = ?)',
    [await postern.app.dependencies.passwords.hash(canonical), selector, username],
  );
}

test('computes a password hash only for a backup code from before version 0.2, which works once (D-6)', async () => {
  const user = await newTwoFactorUser(postern);
  await storeOldForm(user);
  const verify = async (backupCode: string) =>
    verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), { backupCode });
  const hashing = watchHashing(postern);
  for (const code of ['', 'x', user.backupCodes[1]!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))])
    expect(await verify(code)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(await verify(user.backupCodes[1]!)).toSucceed();
  expect(hashing.asked).toBe(4);
  expect(await verify(user.backupCodes[0]!)).toSucceed();
  expect(hashing.asked).toBe(6);
  expect(await verify(user.backupCodes[0]!)).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

test('refunds the attempt if the server is too busy to verify a backup code (R-7, R-15)', async () => {
  const user = await newTwoFactorUser(postern);
  await storeOldForm(user);
  const challenge = await openChallenge(postern.client(), user);
  const { passwords } = postern.app.dependencies as { passwords: { verify: PasswordHashing['verify'] } };
  const verify = passwords.verify;
  let attempts = 0;
  // The server verifies the password of the step-up and is overloaded after that.
  passwords.verify = (phc, text) =>
    text === user.password ? verify(phc, text) : ((attempts += 1), Promise.reject(new HashingOverloadedError()));
  try {
    expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toFailWith(
      'SERVICE_UNAVAILABLE',
    );
    expect(await confirmIdentity(user.client, user.password, { backupCode: user.backupCodes[0]! })).toFailWith(
      'SERVICE_UNAVAILABLE',
    );
  } finally {
    passwords.verify = verify;
  }
  expect(attempts).toBe(2);
  expect(await challengesOf(user)).toEqual([{ attempts: 0 }]);
  expect(await bucketOf('backup-code:session', user)).toMatchObject([{ failures: 0 }]);
  expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toSucceed();
});

test('restores the challenge and code if the sign-in fails after consuming them (R-38)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const before = await storedButCosts();
  await query(
    postern.database,
    "create or replace function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
  );
  await query(postern.database, 'create trigger fault before insert on sessions for each row execute function fault()');
  expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toFailWith(
    'INTERNAL_SERVER_ERROR',
  );
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() })).toFailWith(
    'INTERNAL_SERVER_ERROR',
  );
  await query(postern.database, 'drop trigger fault on sessions');
  expect(await storedButCosts()).toEqual(before);
  // Only the attempts of verified codes stay taken.
  expect(await challengesOf(user)).toEqual([{ attempts: 2 }]);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.code() })).toSucceed();
});
