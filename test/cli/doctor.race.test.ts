import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, runCommand } from '../support/server-process.js';
import { useDatabaseServer } from '../support/server-databases.js';

const server = useDatabaseServer();
afterEach(async () => {
  await cleanUp();
  await server.clear();
});

test('`postern doctor` reports too few connections, and a log that gets values', async () => {
  const role = await server.makeRole();
  const database = await server.makeDatabase(`owner ${role}`);
  const settings = { DATABASE_URL: server.urlOf(database, role) };
  expect(await runCommand(['migrate'], settings)).toMatchObject({ code: 0 });
  await server.run(`alter role ${role} connection limit 15`);
  await server.run(`alter role ${role} set log_min_duration_statement = 0`);
  const { code, stdout } = await runCommand(['doctor'], settings);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^FAIL connections: an instance needs up to 19 of 15 connections; \d+ are free\. Raise /m);
  expect(stdout).toMatch(/^WARN statement-log: .* Set log_parameter_max_length = 0 there\.$/m);
});
