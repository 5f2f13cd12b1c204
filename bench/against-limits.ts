import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { login, me } from './loads.ts';
import { measureManagement } from './management.ts';
import { measurePasskeys } from './passkey.ts';
import { newApiToken, signUp } from './people.ts';
import { printRatio, printRounds } from './report.ts';
import { playRounds } from './rounds.ts';
import { productionSettings, startServer, type Server } from './server-process.ts';
import { measureTwoFactor } from './two-factor.ts';

/** Measures Postern against its limits, in one run on one database. `only` names a load: `me`, `login`, `passkey` … */
export async function measureAgainstLimits(rounds: number, only: string | undefined): Promise<void> {
  const database = await clonePostgresql(
    process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
    'template1',
  );
  const servers: Server[] = [];

  const start = async (name: string, environment: Readonly<Record<string, string>> = {}): Promise<Server> => {
    const server = await startServer(name, {
      ...environment,
      ...productionSettings(database.url),
    });
    servers.push(server);
    return server;
  };

  try {
    const Postern = await start('postern');
    const users = await signUp(Postern.url, login.connections);
    if (only === undefined || only === 'me') {
      const measured = await playRounds(
        me,
        {
          'bare HTTP + pg': await start('http-and-pg'),
          'graphql-js + pg pool': await start('graphql-js-and-pg'),
          Postern,
        },
        users,
        rounds,
      );
      printRounds(me.title, measured);
      printRatio(measured, 'Postern', 'graphql-js + pg pool', '1.0 by CPU');
      printRatio(measured, 'Postern', 'bare HTTP + pg');
      const programs = await Promise.all(
        users.map(async (user) => ({ ...user, token: await newApiToken(Postern.url, user) })),
      );
      printRounds('the same by an API token', await playRounds(me, { Postern }, programs, rounds));
    }
    if (only === undefined || only === 'management')
      await measureManagement(Postern, database.url, users, start, rounds);
    if (only === undefined || only === 'passkey') {
      const byHand = await start('passkey-by-hand');
      await measurePasskeys({ Postern, byHand }, database.url, users, rounds);
    }
    if (only === undefined || only === 'login') {
      const argon2 = await start('argon2');
      const measured = await playRounds(login, { 'argon2 alone': argon2, Postern }, users, rounds);
      printRounds(login.title, measured);
      printRatio(measured, 'Postern', 'argon2 alone', '0.95 by CPU');
      await measureTwoFactor(Postern, argon2, users);
    }
  } finally {
    for (const server of servers) await server.stop();
    await database.drop();
  }
}
