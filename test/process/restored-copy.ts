import { expect } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { registerAt, type Registered } from '../support/registrations.js';
import { launchServer, runCommand, startServer, type Environment } from '../support/server-process.js';
import {
  confirmTwoFactor,
  enableTwoFactor,
  myTwoFactor,
  openChallenge,
  totpCode,
  verifySecondFactor,
} from '../support/two-factor.js';
import { goodPassword } from '../support/users.js';

/** What a copy of an installation must contain. */
interface FilledInstallation {
  readonly user: Registered;
  readonly totpSecret: string;
}

/** Runs a server until a user has an authenticator app, and seals the events. Its keys encrypted the app's secret. */
export async function fillInstallation(settings: Environment): Promise<FilledInstallation> {
  const server = await startServer(settings);
  const user = await registerAt(server);
  const { data } = await enableTwoFactor(user.client, { password: goodPassword });
  const totpSecret = data.enableTwoFactor!.enrolment!.secret;
  const confirmed = await confirmTwoFactor(user.client, await totpCode(totpSecret, new Date()));
  expect(confirmed.data.confirmTwoFactor).toMatchObject({ userErrors: [] });
  await server.process.stop();
  expect(await runCommand(['events', 'seal'], settings)).toMatchObject({ code: 0 });
  return { user, totpSecret };
}

/** What `doctor` prints, except for the ROOT account that no test needs. */
async function examine(settings: Environment): Promise<string[]> {
  const { stdout } = await runCommand(['doctor'], settings);
  return stdout.split('\n').filter((line) => !line.startsWith('FAIL administrator:'));
}

/** Expects that a copy is well, that sessions are still open, and that the second factor signs in. */
export async function expectWorkingCopy(settings: Environment, installation: FilledInstallation): Promise<void> {
  const { user, totpSecret } = installation;
  const answers = await examine(settings);
  expect(answers.filter((line) => line.startsWith('FAIL'))).toEqual([]);
  expect(answers).toContainEqual(expect.stringMatching(/^OK {3}events: [1-9]\d* sealed security events verified/));
  const server = await startServer(settings);
  expect(await myTwoFactor(Object.assign(server.client(), { token: user.client.token }))).toMatchObject({
    enabled: true,
  });
  const client = server.client();
  const challenge = await openChallenge(client, { username: user.username, password: goodPassword });
  const code = await totpCode(totpSecret, new Date(Date.now() + 30_000));
  expect((await verifySecondFactor(client, challenge, { totpCode: code })).data.verifySecondFactor).toMatchObject({
    user: { username: user.username },
    userErrors: [],
  });
  await server.process.stop();
}

/** Expects that neither a server nor `doctor` accepts a copy with other encryption keys. */
export async function expectWrongKeysRefused(settings: Environment): Promise<void> {
  const other = { ...settings, ENCRYPTION_KEYS: newMasterKey(new Date()) };
  const refusal = 'The database has secrets of keys that are missing: test.';
  expect(await examine(other)).toContainEqual(expect.stringContaining(`FAIL keys: The check failed. ${refusal}`));
  expect(await launchServer(other).ended).toMatchObject({ code: 1, stderr: expect.stringContaining(refusal) });
}
