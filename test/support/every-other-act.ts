import { fork } from '../../src/database/connection/database.js';
import { issueSetupToken } from '../../src/features/sign-up/setup-token.js';
import type { Client } from './client.js';
import { tokenIn, type MailServer } from './mail-server.js';
import { bindAddress, goodPassword, newAddress, newUser, newUsername, type TestUser } from './users.js';
import type { TestPostern } from './postern.js';
import { newTwoFactorUser } from './two-factor.js';

/** Sends a mutation that must succeed. @returns its payload */
async function change(client: Client, mutation: string, fields: string, input?: Record<string, unknown>) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const [declared, given] = input ? [`($input: ${type}!)`, '(input: $input)'] : ['', ''];
  const { data, text } = await client.send(
    `mutation ${declared} { ${mutation}${given} { ${fields} userErrors { code } } }`,
    { input },
  );
  const payload = data?.[mutation] as Record<string, any> | null;
  if (payload?.['userErrors'].length !== 0) throw new Error(`${mutation} failed: ${text}`);
  return payload;
}

/** Does what `everySecret` omits, as a user, the first ROOT and a gateway. There must be no ROOT before. */
export async function everyOtherAct(postern: TestPostern, mail: MailServer): Promise<void> {
  await changeOwnAccount(postern);
  await revertAddress(postern, mail);
  await leaveAndReturn(postern, mail);
  await administrate(postern);
}

async function changeOwnAccount(postern: TestPostern): Promise<void> {
  const { client, app } = await newTwoFactorUser(postern, 'BEARER');
  await change(client, 'changeUsername', 'user { id }', { username: newUsername() });
  await change(client, 'regenerateBackupCodes', 'backupCodes', { code: await app.nextCode() });
  await change(client, 'resetApiToken', 'token');
  await change(client, 'viewApiToken', 'token');
  await change(client, 'setLocale', 'user { id }', { locale: 'ZH' });
  const factor = { totpCode: await app.nextCode() };
  const { session } = await change(client, 'confirmIdentity', 'session { token }', { password: goodPassword, factor });
  client.token = session.token;
  await change(client, 'disableTwoFactor', 'user { id }', { factor: { totpCode: await app.nextCode() } });
}

async function revertAddress(postern: TestPostern, mail: MailServer): Promise<void> {
  const [user, previous] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, previous);
  await bindAddress(postern, mail, user, newAddress());
  const { passwordResetToken } = await change(postern.client(), 'revertEmailChange', 'passwordResetToken', {
    token: tokenIn(await mail.mailTo(previous, 2)),
  });
  await change(postern.client(), 'resetPassword', '', {
    token: passwordResetToken,
    newPassword: 'Other-Harbour-72',
    confirmPassword: 'Other-Harbour-72',
  });
}

async function leaveAndReturn(postern: TestPostern, mail: MailServer): Promise<void> {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  await change(user.client, 'deleteMyAccount', 'erasedAt', { password: goodPassword });
  const token = tokenIn(await mail.mailTo(address, 2));
  await change(postern.client(), 'cancelAccountDeletion', 'passwordResetToken', { token });
}

async function administrate(postern: TestPostern): Promise<void> {
  const [root, user] = [await setUp(postern), await newTwoFactorUser(postern)];
  const act = (mutation: string, fields: string, input: Record<string, unknown>) =>
    change(root, mutation, fields, { reason: 'a ticket', ...input });
  const userId = user.id;
  const made = await act('createUser', 'user { id } serviceToken', { username: newUsername(), role: 'SERVICE' });
  const { token } = await act('resetServiceToken', 'token', { userId: made['user'].id });
  await recordUsage(Object.assign(postern.client(), { token: token as string }), user);
  await act('setUserStatus', 'user { id }', { userId, status: 'DISABLED' });
  await act('setUserStatus', 'user { id }', { userId, status: 'ACTIVE' });
  await act('resetUserTwoFactor', 'user { id }', { userId });
  await act('sendUserPasswordReset', 'resetLink', { userId });
  await act('revokeUserSessions', 'revokedCount', { userId });
  await act('setUserRole', 'user { id }', { userId, role: 'ADMIN' });
  await act('deleteUser', 'deletedUserId', { userId });
  await act('restoreUser', 'user { id }', { userId });
}

async function setUp(postern: TestPostern): Promise<Client> {
  const root = postern.client();
  await change(root, 'completeSetup', 'user { id }', {
    username: newUsername(),
    password: goodPassword,
    confirmPassword: goodPassword,
    setupToken: await issueSetupToken(fork(postern.database), postern.clock.read()),
  });
  return root;
}

async function recordUsage(gateway: Client, { client }: TestUser): Promise<void> {
  const { key, callKey } = await change(client, 'createCallKey', 'key callKey { id }', { name: 'key' });
  await change(client, 'updateCallKey', 'callKey { id }', { id: callKey.id, name: 'a name' });
  await change(client, 'rotateCallKey', 'key', { id: callKey.id, graceHours: 1 });
  await gateway.send('query ($key: String!) { verifyCallKey(key: $key) { refusal } }', { key });
  const call = { type: 'CONSUME', model: 'm', promptTokens: 1, completionTokens: 1, quota: 1, requestId: 'r' };
  await change(gateway, 'recordUsage', 'recorded', {
    entries: [{ ...call, callKeyId: callKey.id, at: new Date().toISOString() }],
  });
  await change(client, 'endCallKeyGrace', 'callKey { id }', { id: callKey.id });
}
