import { afterAll, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import { query } from '../support/database.js';
import { codeIn, MailServer } from '../support/mail-server.js';
import { goodPassword, newAddress } from '../support/users.js';
import { cleanUp, migratedFolder, startServer, type ServerProcess } from '../support/server-process.js';

afterAll(cleanUp);

/** Signs up a user and requests a code. @returns the address */
async function askForCode(server: ServerProcess): Promise<string> {
  const client = server.client();
  const register =
    'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';
  const { data } = await client.send(register, {
    input: { username: 'somebody', password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
  });
  client.token = data['register'].session.token as string;
  const email = newAddress();
  expect(
    await client.send(
      'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
      { input: { email } },
    ),
  ).toSucceed();
  return email;
}

/** Makes the job of a killed process, or a failed one, due for its next try. */
async function waitForNextTry(directory: string): Promise<void> {
  const database = await openEmbedded(directory);
  const due = await query(
    database,
    "update pgboss.job set state = 'retry', start_after = now() where name = 'mail' and state in ('active', 'retry', 'created') returning id",
  );
  await database.close();
  expect(due).toHaveLength(1);
}

test('sends mail that was queued before the process was killed, after the next start', async () => {
  const directory = migratedFolder();
  const stopped = await MailServer.start();
  const { port, url } = stopped;
  await stopped.close();
  const first = await startServer({ DATA_DIR: directory, SMTP_URL: url });
  const email = await askForCode(first);
  await first.process.stop('SIGKILL');
  await waitForNextTry(directory);
  const mail = await MailServer.start(port);
  await startServer({ DATA_DIR: directory, SMTP_URL: url });
  expect(codeIn(await mail.mailTo(email))).toMatch(/^\d{6}$/);
  await cleanUp();
  await mail.close();
});

test('sends the same message again if the process was killed before it recorded the delivery', async () => {
  const directory = migratedFolder();
  const mail = await MailServer.start();
  mail.mood = 'SAYS_NOTHING';
  const first = await startServer({ DATA_DIR: directory, SMTP_URL: mail.url });
  const email = await askForCode(first);
  await mail.mailTo(email);
  await first.process.stop('SIGKILL');
  await waitForNextTry(directory);
  mail.mood = 'WELL';
  await startServer({ DATA_DIR: directory, SMTP_URL: mail.url });
  await mail.mailTo(email, 2);
  expect(new Set(mail.to(email).map(({ messageId }) => messageId)).size).toBe(1);
  await cleanUp();
  await mail.close();
});
