import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { enableTwoFactor as startEnrolment } from '../../../src/features/two-factor/enable-two-factor.js';
import { eventsDuring, accountId } from '../security-event/events.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { readQrCode } from '../../support/read-qr-code.js';
import { ruleContext } from '../../support/rule-context.js';
import { startBeside } from '../../support/start-beside.js';
import {
  Authenticator,
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  myTwoFactor,
  newTwoFactorUser,
  openChallenge,
  scan,
  scanReplacement,
  signInWithFactor,
  verifySecondFactor,
} from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const off = { enabled: false, enabledAt: null, backupCodesLeft: 0 };
const enrolmentsOf = async ({ username }: Pick<TestUser, 'username'>) =>
  query<{ secret_ciphertext: string; attempts: number }>(
    postern.database,
    'select * from two_factor_enrolments where account_id = ?',
    [await accountId(postern.database, username)],
  );

/** Fails unless two-factor authentication is off and the password signs in. */
async function expectOff(user: TestUser): Promise<void> {
  expect(await myTwoFactor(user.client)).toEqual(off);
  expect(
    (await loginAs(postern.client(), { login: user.username, password: user.password })).data.login!.session,
  ).not.toBeNull();
}

test('returns a secret, URI, QR code and expiry at enrolment, but doesn’t turn 2FA on yet (R-29, R-30)', async () => {
  const user = await newUser(postern);
  const { data } = await enableTwoFactor(user.client);
  const { secret, otpauthUri, qrCode, png, expiresAt } = data.enableTwoFactor!.enrolment!;
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(otpauthUri).toBe(
    `otpauth://totp/Postern:${user.username}?secret=${secret}&issuer=Postern&algorithm=SHA1&digits=6&period=30`,
  );
  expect(qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(png).toMatch(/^data:image\/png;base64,/);
  expect([readQrCode(qrCode), readQrCode(png)]).toEqual([otpauthUri, otpauthUri]);
  expect(new Date(expiresAt).getTime()).toBe(postern.clock.read().getTime() + 600_000);
  await expectOff(user);
});

test('turns 2FA on with the first code, and returns ten backup codes once (R-30, R-37)', async () => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  const answer = await confirmTwoFactor(user.client, await app.code());
  expect(answer).toSucceed();
  const on = { enabled: true, enabledAt: postern.clock.read().toISOString(), backupCodesLeft: 10 };
  expect(answer.data.confirmTwoFactor).toMatchObject({
    user: { id: user.id, twoFactor: on },
    session: { session: { factors: ['PASSWORD', 'TOTP'] } },
  });
  expect(answer.data.confirmTwoFactor!.backupCodes).toHaveLength(10);
  expect(await myTwoFactor(user.client)).toEqual(on);
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await confirmTwoFactor(user.client, await app.nextCode())).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('stores a backup code encrypted for its row, and no form of its text (D-6)', async () => {
  const { username, backupCodes } = await newTwoFactorUser(postern);
  const rows = await query<{ id: string; code_ciphertext: string; code_hash: null }>(
    postern.database,
    'select * from backup_codes where account_id = ?',
    [await accountId(postern.database, username)],
  );
  expect(rows).toHaveLength(10);
  for (const { code_ciphertext, code_hash } of rows)
    expect([code_hash, code_ciphertext.split('.')[0], code_ciphertext.split('.').length]).toEqual([null, 'v1', 5]);
  const everything = JSON.stringify(await stored(postern.database)) + postern.log.join('');
  for (const code of backupCodes)
    for (const form of [code, code.replaceAll('-', ''), code.slice(2)]) expect(everything).not.toContain(form);
});

test('revokes other sessions, challenges and known devices when 2FA is enabled (R-35)', async () => {
  const user = await newUser(postern);
  const [other, attacker] = [await signIn(postern, user), user.client.copy()];
  const app = await scan(postern, user.client);
  await confirmTwoFactor(user.client, await app.code());
  expect(await whoAmI(other)).toBeNull();
  expect(await whoAmI(attacker)).toBeNull();
  expect(await whoAmI(user.client)).toBe(user.username);
  // The known browser is unknown now: its cookie names a device of an older authVersion.
  const devices = await query(
    postern.database,
    'select 1 from known_devices join accounts on accounts.id = account_id and accounts.auth_version = known_devices.auth_version where username = ?',
    [user.username],
  );
  expect(devices).toEqual([]);
});

test('rejects an open challenge after the app is replaced (R-11, R-35)', async () => {
  const user = await newTwoFactorUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  const app = await scanReplacement(postern, user);
  expect(await confirmTwoFactor(user.client, await app.code())).toSucceed();
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await app.nextCode() })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test('consumes the code that confirms enrolment, so that it can’t sign in (R-26)', async () => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  const code = await app.code();
  await confirmTwoFactor(user.client, code);
  const challenge = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: code })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await app.nextCode() })).toSucceed();
});

test('requires step-up to start enrolment, but not to confirm it (R-30)', async () => {
  const user = await newUser(postern);
  postern.clock.advance({ minutes: 9 });
  const app = await scan(postern, user.client);
  postern.clock.advance({ minutes: 2 });
  expect(await enableTwoFactor(user.client)).toFailWith('STEP_UP_REQUIRED');
  expect(await confirmTwoFactor(user.client, await app.code())).toSucceed();
});

test('invalidates the pending secret when enrolment is started again (R-30)', async () => {
  const user = await newUser(postern);
  const [first, second] = [await scan(postern, user.client), await scan(postern, user.client)];
  expect(second.secret).not.toBe(first.secret);
  expect(await enrolmentsOf(user)).toHaveLength(1);
  expect(await confirmTwoFactor(user.client, await first.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await confirmTwoFactor(user.client, await second.code())).toSucceed();
});

test('rejects even the right code to confirm enrolment after five wrong ones (R-30)', async () => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  for (let tries = 0; tries < 5; tries += 1)
    expect(await confirmTwoFactor(user.client, await app.wrongCode())).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await confirmTwoFactor(user.client, await app.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
  await expectOff(user);
});

test('keeps the pending secret after four wrong codes, and counts malformed ones (R-15, R-30)', async () => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  for (const code of ['', 'abcdef', '1234567', '１２３４５６'])
    expect(await confirmTwoFactor(user.client, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await enrolmentsOf(user)).toMatchObject([{ attempts: 4 }]);
  expect(await confirmTwoFactor(user.client, await app.code())).toSucceed();
});

const deaths: Record<string, (user: TestUser) => Promise<unknown>> = {
  'ten minutes': () => Promise.resolve(postern.clock.advance({ minutes: 10 })),
  'a password change': ({ client }) =>
    client.send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }', {
      input: {
        currentPassword: 'Quiet-Harbour-71',
        newPassword: 'Louder-Lantern-88',
        confirmPassword: 'Louder-Lantern-88',
      },
    }),
  'a change of authVersion from elsewhere': ({ username }) =>
    query(
      postern.database,
      'with raised as (update accounts set auth_version = auth_version + 1 where username = ? returning id) update sessions set auth_version = auth_version + 1 from raised where account_id = raised.id',
      [username],
    ),
};

test.each(Object.entries(deaths))('invalidates the pending secret after %s (R-30)', async (_, kill) => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  await kill(user);
  expect(await confirmTwoFactor(user.client, await app.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await myTwoFactor(user.client)).toEqual(off);
});

test('lets only the same session confirm enrolment, and invalidates the secret at sign-out (R-30)', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user);
  const app = await scan(postern, user.client);
  expect(await confirmTwoFactor(other, await app.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
  await user.client.send('mutation { logout { userErrors { code } } }');
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await confirmTwoFactor(other, await app.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('rejects codes of a pending secret at sign-in (R-30)', async () => {
  const user = await newTwoFactorUser(postern);
  const pending = await scanReplacement(postern, user);
  postern.clock.advance({ seconds: 30 });
  const challenge = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await pending.code() })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.code() })).toSucceed();
});

test('invalidates the pending secret when 2FA is disabled, and creates another when enabled (R-30, R-34)', async () => {
  const user = await newTwoFactorUser(postern);
  const pending = await scanReplacement(postern, user);
  expect(await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() })).toSucceed();
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await confirmTwoFactor(user.client, await pending.code())).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await confirmIdentity(user.client, user.password)).toSucceed();
  expect((await scan(postern, user.client)).secret).not.toBe(user.app.secret);
});

test('counts wrong codes for a pending secret toward the limit of the whole account (R-20)', async () => {
  const user = await newUser(postern);
  for (let round = 0; round < 2; round += 1) {
    const app = await scan(postern, user.client);
    for (let tries = 0; tries < 5; tries += 1) await confirmTwoFactor(user.client, await app.wrongCode());
  }
  const app = await scan(postern, user.client);
  const answer = await confirmTwoFactor(user.client, await app.code());
  expect(answer).toFailWith('RATE_LIMITED');
  expect(answer.errors[0]!.extensions['retryAfterSeconds']).toBe(900);
  postern.clock.advance({ minutes: 15 });
});

test('returns the secret, URI and QR code only in the response that starts enrolment (R-31)', async () => {
  const user = await newUser(postern);
  const { data, text } = await enableTwoFactor(user.client);
  const { secret, qrCode } = data.enableTwoFactor!.enrolment!;
  expect(text).toContain(secret);
  const confirmed = await confirmTwoFactor(user.client, await new Authenticator(secret, postern.clock).code());
  const seen = await user.client.send(
    '{ me { id username role status createdAt lastLoginAt twoFactor { enabled enabledAt backupCodesLeft } sessions { id ip device factors } } }',
  );
  const kept = JSON.stringify([
    await stored(postern.database),
    await query(postern.database, 'select * from security_events'),
  ]);
  for (const place of [confirmed.text, seen.text, kept, postern.log.join('')]) {
    for (const part of [secret, 'otpauth', qrCode.slice(0, 60)]) expect(place).not.toContain(part);
  }
});

test('rejects starting and confirming enrolment by an anonymous caller (R-30)', async () => {
  const before = await stored(postern.database);
  expect(await enableTwoFactor(postern.client())).toFailWith('UNAUTHENTICATED');
  expect(await confirmTwoFactor(postern.client(), '123456')).toFailWith('UNAUTHENTICATED');
  expect(await stored(postern.database)).toEqual(before);
});

test('accepts no 2FA secret from the client (R-29)', async () => {
  const { client } = await newUser(postern);
  expect(
    (
      await client.send(
        'mutation { enableTwoFactor(input: { secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" }) { userErrors { code } } }',
      )
    ).status,
  ).toBe(400);
});

test('rejects a pending secret that can’t be decrypted, and records an event (R-91)', async () => {
  const user = await newUser(postern);
  const app = await scan(postern, user.client);
  await query(
    postern.database,
    "update two_factor_enrolments set secret_ciphertext = replace(secret_ciphertext, 'v1.', 'v2.')",
  );
  const code = await app.code();
  const events = await eventsDuring(postern.database, async () =>
    expect(await confirmTwoFactor(user.client, code)).toBeRefusedWith(['INVALID_CODE', 'code']),
  );
  expect(events.map(({ type }) => type).sort()).toEqual(['DECRYPTION_FAILED', 'SECOND_FACTOR_FAILED']);
});

test('reads the name of the issuer from the settings (R-32)', async () => {
  const other = await startBeside(postern, { TWO_FACTOR_ISSUER: 'Söhne & Co/ 100%' });
  try {
    const { client } = await newUser(other);
    const { data } = await enableTwoFactor(client);
    const uri = new URL(data.enableTwoFactor!.enrolment!.otpauthUri);
    expect(uri.searchParams.get('issuer')).toBe('Söhne & Co/ 100%');
    expect(uri.pathname).toMatch(/^\/S%C3%B6hne%20%26%20Co%2F%20100%25:user\d+$/);
  } finally {
    await other.close();
  }
});

test('starts no enrolment for a session that is revoked during the request (R-30)', async () => {
  const { client, username } = await newUser(postern, 'BEARER');
  const viewer = await findViewerBySession(postern.database.reader, client.token!, 'BEARER', postern.clock.read());
  await query(postern.database, 'delete from sessions where id = ?', [viewer!.sessionId]);
  await expect(startEnrolment(ruleContext(postern), viewer!, { password: null, factor: null })).rejects.toThrow(
    CredentialRevokedError,
  );
  expect(await enrolmentsOf({ username })).toEqual([]);
});

test('rejects a backup code to confirm enrolment (R-40)', async () => {
  const user = await newTwoFactorUser(postern);
  await scanReplacement(postern, user);
  expect(await confirmTwoFactor(user.client, user.backupCodes[0]!)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await myTwoFactor(user.client)).toMatchObject({ backupCodesLeft: 10 });
});

test('counts nothing when a code is confirmed with no enrolment pending (R-20)', async () => {
  const user = await newTwoFactorUser(postern);
  const attempts = () => query(postern.database, "select * from attempts where bucket like 'second-factor:%'");
  const before = [await attempts(), await eventsOf(user)];
  for (let n = 0; n < 12; n += 1)
    expect(await confirmTwoFactor(user.client, '000000')).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect([await attempts(), await eventsOf(user)]).toEqual(before);
  expect(await confirmIdentity(user.client, user.password, { totpCode: await user.app.nextCode() })).toSucceed();
});

test('rejects a backup code whose row was moved to another account or changed (R-91)', async () => {
  const [owner, other] = [await newTwoFactorUser(postern), await newTwoFactorUser(postern)];
  const id = (user: TestUser) => accountId(postern.database, user.username);
  const selector = other.backupCodes[0]![0];
  await query(postern.database, 'delete from backup_codes where account_id = ? and selector = ?', [
    await id(owner),
    selector,
  ]);
  await query(postern.database, 'update backup_codes set account_id = ? where account_id = ? and selector = ?', [
    await id(owner),
    await id(other),
    selector,
  ]);
  const verify = async (backupCode: string) =>
    verifySecondFactor(postern.client(), await openChallenge(postern.client(), owner), { backupCode });
  expect(await verify(other.backupCodes[0]!)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  await query(postern.database, 'update backup_codes set id = gen_random_uuid() where account_id = ?', [
    await id(owner),
  ]);
  expect(await verify(owner.backupCodes.find((code) => code[0] !== selector)!)).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  const failed = await query(
    postern.database,
    "select 1 from security_events where type = 'DECRYPTION_FAILED' and account_id = ?",
    [await id(owner)],
  );
  expect(failed).toHaveLength(1);
});

async function eventsOf({ username }: TestUser) {
  return query(postern.database, 'select id from security_events where account_id = ?', [
    await accountId(postern.database, username),
  ]);
}

test('requires the password and a second factor to replace the app, and counts no missing one (D-2)', async () => {
  const user = await newTwoFactorUser(postern);
  const before = await stored(postern.database);
  expect(await enableTwoFactor(user.client)).toBeRefusedWith(
    ['PASSWORD_REQUIRED', 'password'],
    ['SECOND_FACTOR_REQUIRED', 'factor'],
  );
  const factor = { totpCode: await user.app.nextCode() };
  expect(await enableTwoFactor(user.client, { factor })).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await enableTwoFactor(user.client, { password: user.password })).toBeRefusedWith([
    'SECOND_FACTOR_REQUIRED',
    'factor',
  ]);
  expect(await stored(postern.database)).toEqual(before);
  expect(await enableTwoFactor(user.client, { password: 'wrong', factor })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  const wrong = { totpCode: await user.app.wrongCode() };
  expect(await enableTwoFactor(user.client, { password: user.password, factor: wrong })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await enableTwoFactor(user.client, { password: user.password, factor })).toSucceed();
  expect(await enableTwoFactor(user.client, { password: user.password, factor })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
});

test('needs only the password to replace the app in a session opened with a backup code, once (D-2)', async () => {
  const user = await newTwoFactorUser(postern);
  const client = await signInWithFactor(postern, user, { backupCode: user.backupCodes[0]! });
  for (let half = 0; half < 2; half += 1) {
    postern.clock.advance({ minutes: 30 });
    expect(await whoAmI(client)).toBe(user.username);
    await postern.app.dependencies.background.whenIdle();
  }
  expect(await client.send('mutation { viewApiToken { token userErrors { code } } }')).toFailWith('STEP_UP_REQUIRED');
  expect(await enableTwoFactor(client)).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await enableTwoFactor(client, { password: 'wrong' })).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
  const app = await scan(postern, client, { password: user.password });
  expect(await confirmTwoFactor(client, await app.code())).toSucceed();
  expect(await confirmIdentity(client, user.password, { totpCode: await app.nextCode() })).toSucceed();
  expect(await enableTwoFactor(client, { password: user.password })).toBeRefusedWith([
    'SECOND_FACTOR_REQUIRED',
    'factor',
  ]);
});

test('closes the longer window for replacing a lost phone after 60 minutes, and for others after 10 (D-2)', async () => {
  const user = await newTwoFactorUser(postern);
  const lost = await signInWithFactor(postern, user, { backupCode: user.backupCodes[0]! });
  const other = await signInWithFactor(postern, user, { totpCode: await user.app.nextCode() });
  postern.clock.advance({ minutes: 10, seconds: 1 });
  expect(await enableTwoFactor(other, { password: user.password })).toFailWith('STEP_UP_REQUIRED');
  expect(await whoAmI(lost)).toBe(user.username);
  await postern.app.dependencies.background.whenIdle();
  postern.clock.advance({ minutes: 50 });
  expect(await enableTwoFactor(lost, { password: user.password })).toFailWith('STEP_UP_REQUIRED');
});

test('verifies a given password even when 2FA is off, and ignores a factor (D-2)', async () => {
  const user = await newUser(postern);
  expect(await enableTwoFactor(user.client, { password: 'wrong' })).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await enableTwoFactor(user.client, { factor: { totpCode: '000000' } })).toSucceed();
});

test('closes the step-up window when 2FA is disabled, so that off and on needs the password (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  expect(await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() })).toSucceed();
  expect(await enableTwoFactor(user.client)).toFailWith('STEP_UP_REQUIRED');
  expect(await enrolmentsOf(user)).toEqual([]);
  expect(await confirmIdentity(user.client, user.password)).toSucceed();
  expect(await enableTwoFactor(user.client)).toSucceed();
});

test('ends the longer window of a backup code once 2FA is off or the app was used (D-2)', async () => {
  const user = await newTwoFactorUser(postern);
  const [codeForOff, codeForUse, code] = user.backupCodes as [string, string, string];
  const used = await signInWithFactor(postern, user, { backupCode: codeForUse });
  expect(await confirmIdentity(used, user.password, { totpCode: await user.app.nextCode() })).toSucceed();
  expect(await enableTwoFactor(used, { password: user.password })).toBeRefusedWith([
    'SECOND_FACTOR_REQUIRED',
    'factor',
  ]);
  const off = await signInWithFactor(postern, user, { backupCode: codeForOff });
  expect(await disableTwoFactor(off, { backupCode: code })).toSucceed();
  expect(await confirmIdentity(off, user.password)).toSucceed();
  postern.clock.advance({ minutes: 11 });
  expect(await enableTwoFactor(off)).toFailWith('STEP_UP_REQUIRED');
});
