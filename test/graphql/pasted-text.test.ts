import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, isInputObjectType } from 'graphql';
import { codeIn, tokenIn, type MailServer } from '../support/mail-server.js';
import { PastingClient, pastedFields } from '../support/pasting-client.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import type { TestPostern } from '../support/postern.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  openChallenge,
  regenerateBackupCodes,
  scan,
  verifySecondFactor,
} from '../support/two-factor.js';
import { pageOrigin, registrationOptions } from '../support/passkeys.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { goodPassword, Login, newAddress, newUser, newUsername } from '../support/users.js';
import { goodReason } from '../features/administration/actions.js';
import { completeSetupAs, newSetupToken, registerAs } from '../features/sign-up/sign-up-as.js';

let postern: TestPostern;
let mail: MailServer;
let client: PastingClient;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  client = new PastingClient(postern.client().url);
});
afterAll(() => postern.close());

/** Sends a mutation with one input field. @returns its payload, which has no error */
async function change(name: string, type: string, input: Record<string, unknown>, fields = ''): Promise<any> {
  const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`;
  const { data } = await client.send(mutation, { input });
  expect(data[name]).toMatchObject({ userErrors: [] });
  return data[name];
}

test('takes pasted usernames at sign-up, sign-in and when the username changes (D-5)', async () => {
  const username = newUsername();
  expect((await registerAs(client, { username })).data.register?.user?.username).toBe(username);
  expect(await client.send(Login, { input: { login: username, password: goodPassword } })).toSucceed();
  const changed = await change(
    'changeUsername',
    'ChangeUsernameInput',
    { username: newUsername() },
    'user { username }',
  );
  expect(changed.user.username).toMatch(/^user\d+$/);
});

test('takes a pasted email address and its pasted code, and signs in with the address (D-5)', async () => {
  const email = newAddress();
  await change('sendVerificationCode', 'SendVerificationCodeInput', { email });
  const code = codeIn(await mail.mailTo(email));
  const bound = await change('bindEmail', 'BindEmailInput', { email, code }, 'user { email }');
  expect(bound.user.email).toBe(email);
  expect(await client.send(Login, { input: { login: email, password: goodPassword } })).toSucceed();
  await change('requestPasswordReset', 'RequestPasswordResetInput', { email });
  expect(tokenIn(await mail.mailTo(email, 2))).toMatch(/^psr_/);
});

test('takes pasted names of call keys, and pasted searches (D-5)', async () => {
  const { callKey } = await change('createCallKey', 'CreateCallKeyInput', { name: 'My key' }, 'callKey { id name }');
  expect(callKey.name).toBe('My key');
  const renamed = await change(
    'updateCallKey',
    'UpdateCallKeyInput',
    { id: callKey.id, name: 'Key' },
    'callKey { name }',
  );
  expect(renamed.callKey.name).toBe('Key');
  const search = 'query ($search: String) { me { callKeys(filter: { search: $search }) { edges { node { name } } } } }';
  const found = await client.send(search, { search: 'key' });
  expect(found.data['me'].callKeys.edges).toEqual([{ node: { name: 'Key' } }]);
});

test('takes pasted names of access tokens (D-5)', async () => {
  const { accessToken } = await change(
    'createAccessToken',
    'CreateAccessTokenInput',
    { name: 'Backup', scopes: ['KEYS_READ'] },
    'accessToken { id name }',
  );
  expect(accessToken.name).toBe('Backup');
  const renamed = await change(
    'updateAccessToken',
    'UpdateAccessTokenInput',
    { id: accessToken.id, name: 'Deploy' },
    'accessToken { name }',
  );
  expect(renamed.accessToken.name).toBe('Deploy');
});

test('takes pasted names of passkeys (D-5)', async () => {
  const user = await newUser(postern);
  for (const [name, value] of user.client.cookies) client.cookies.set(name, value);
  const response = new SoftwareAuthenticator(pageOrigin).register(
    await registrationOptions(user.client, { password: goodPassword }),
  );
  const { passkey } = await change(
    'registerPasskey',
    'RegisterPasskeyInput',
    { response, name: 'Phone' },
    'passkey { id name }',
  );
  expect(passkey.name).toBe('Phone');
  const renamed = await change(
    'renamePasskey',
    'RenamePasskeyInput',
    { id: passkey.id, name: 'Laptop' },
    'passkey { name }',
  );
  expect(renamed.passkey.name).toBe('Laptop');
});

test('takes pasted codes of an authenticator app, and pasted backup codes (D-5)', async () => {
  const username = newUsername();
  await registerAs(client, { username });
  const app = await scan(postern, client);
  expect(await confirmTwoFactor(client, await app.code())).toSucceed();
  expect(await confirmIdentity(client, goodPassword, { totpCode: await app.nextCode() })).toSucceed();
  const user = { username, password: goodPassword };
  const { data } = await regenerateBackupCodes(client, await app.nextCode());
  const [backupCode = ''] = data.regenerateBackupCodes?.backupCodes ?? [];
  const challenge = await openChallenge(client, user, 'COOKIE');
  expect(await verifySecondFactor(client, challenge, { backupCode })).toSucceed();
  expect(await disableTwoFactor(client, { totpCode: await app.nextCode() })).toSucceed();
});

test('takes what an administrator pastes: usernames and addresses (D-5)', async () => {
  const setupToken = (await newSetupToken(postern))!;
  const [root, username, email] = [newUsername(), newUsername(), newAddress()];
  expect((await completeSetupAs(client, { setupToken, username: root })).data.completeSetup?.user?.username).toBe(root);
  await change('createUser', 'CreateUserInput', { username, email, role: 'USER', reason: goodReason });
  expect(await mail.mailTo(email)).toBeDefined();
});

test('tried each input field of a code, a name or an address', () => {
  const fields = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap())
    .filter(isInputObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((name) => ({ type: type.name, name })))
    .filter(({ name }) => name in pastedFields && name !== 'search')
    .map(({ type, name }) => `${type}.${name}`);
  expect([...client.pasted].filter((name) => !name.endsWith('search')).toSorted()).toEqual(fields.toSorted());
});
