import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import {
  cleanUp,
  launch,
  launchServer,
  startServer,
  migratedFolder,
  temporaryFolder,
} from '../support/server-process.js';
import { findFreePort } from '../support/free-port.js';
import { outdatedFolder } from '../support/outdated-folder.js';
import { goodPassword } from '../support/users.js';

afterEach(cleanUp);

test('prints JSON lines, with every URL, when the output isn’t a terminal', async () => {
  const directory = migratedFolder();
  const { process, facts, url } = await startServer({ DATA_DIR: directory });
  expect(facts).toMatchObject({
    database: `embedded PostgreSQL in ${directory} (one process only)`,
    mail: expect.any(String),
    webApp: `${url}/`,
    graphql: `${url}/graphql (POST)`,
    sandbox: expect.stringContaining(`${url}/graphql`),
    explorer: expect.stringContaining(`${url}/graphiql`),
    health: `${url}/livez and ${url}/readyz`,
    metrics: `${url}/metrics`,
  });
  const page = (path: string) =>
    fetch(`${url}${path}`, { headers: { accept: 'text/html' } }).then(({ status }) => status);
  expect(await Promise.all(['/', '/graphql', '/graphiql', '/livez', '/readyz'].map(page))).toEqual([
    200, 200, 200, 200, 200,
  ]);
  const { code, stdout, stderr } = await process.stop();
  expect(() =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).not.toThrow();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('prints POSTERN_PUBLIC_URL in development when it is the localhost address that it listens on', async () => {
  const port = await findFreePort();
  const { process, url, facts } = await startServer({
    DATA_DIR: migratedFolder(),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
  });
  expect(url).toBe(`http://localhost:${port}`);
  expect(facts['webApp']).toBe(`${url}/`);
  expect(process.lines.find((line) => 'setupToken' in line)!['link']).toMatch(new RegExp(`^${url}/setup#psu_`));
});

test('prints a one-time setup token and how to use it only while there is no ROOT (R-77)', async () => {
  const settings = { DATA_DIR: migratedFolder(), LOG_LEVEL: 'trace' };
  const first = await startServer(settings);
  const shown = first.process.lines.find((line) => 'setupToken' in line)!;
  expect(shown['setupToken']).toMatch(/^psu_\w{49}$/);
  expect(shown['link']).toBe(`${first.url}/setup#${shown['setupToken'] as string}`);
  expect(shown['commandLine']).toBe('npm run postern -- admin create --username YOUR-NAME');

  const request = String(shown['request']).replaceAll('YOUR-PASSWORD', goodPassword).replace('YOUR-NAME', 'first-root');
  const complete = () =>
    JSON.parse(execFileSync('sh', ['-c', request], { encoding: 'utf8' })) as {
      data: { completeSetup: { user: unknown; session: { token: string } | null; userErrors: { code: string }[] } };
    };
  const { user, session, userErrors } = complete().data.completeSetup;
  expect({ user, userErrors }).toEqual({ user: { username: 'first-root', role: 'ROOT' }, userErrors: [] });
  const root = first.client();
  root.token = session!.token;
  expect((await root.send('{ me { username role } }')).data).toEqual({ me: { username: 'first-root', role: 'ROOT' } });
  expect(complete().data.completeSetup).toMatchObject({
    user: null,
    session: null,
    userErrors: [{ code: 'INVALID_TOKEN' }],
  });
  await first.process.stop();

  const second = await startServer(settings);
  expect(second.setupToken).toBeNull();
  expect(second.process.stdout).not.toContain('psu_');
});

test('prints the setup token in one line, and never logs it (R-77)', async () => {
  const { process, setupToken, url } = await startServer({ DATA_DIR: migratedFolder(), LOG_LEVEL: 'trace' });
  const query = 'mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { userErrors { code } } }';
  const input = { setupToken, username: 'x', password: 'x', confirmPassword: 'y' };
  await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  await process.stop();
  const bearing = process.lines.filter((line) => JSON.stringify(line).includes(setupToken!));
  expect(bearing).toHaveLength(1);
  expect(Object.keys(bearing[0]!)).toEqual(['msg', 'setupToken', 'link', 'request', 'commandLine']);
  expect(process.stderr).toBe('');
});

test('rejects a second server on the same data folder, and names the process that uses it', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const holder = await startServer(settings);
  const refused = await launchServer(settings).ended;
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`is in use by process ${holder.pid} `);
  expect(refused.stderr).toContain(
    'set POSTERN_DATA_DIR to another folder, or set DATABASE_URL to use a PostgreSQL server',
  );
  expect(refused.stderr).not.toMatch(/^\s+at /m);
  expect((await fetch(`${holder.url}/readyz`)).status).toBe(200);

  await holder.process.stop('SIGKILL');
  const next = await startServer(settings);
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
});

test('reports all invalid settings together at startup, and exits', async () => {
  const { code, stderr, stdout } = await launchServer({
    DATA_DIR: temporaryFolder(),
    PORT: '70000',
    ARGON2_MEMORY_KIB: '1024',
    DATABASE_URL: 'mysql://there',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'loud',
    SESSION_IDLE_MINUTES: 'an hour',
    CORS_ORIGINS: 'app.example.org',
    ADMIN_USERNAME: 'somebody',
  }).ended;
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    "Postern can't start. Invalid settings:",
    '  - PORT must be at most 65535',
    '  - DATABASE_URL must be a postgres:// URL',
    '  - POSTERN_ARGON2_MEMORY_KIB must be at least 19456',
    '  - POSTERN_SESSION_IDLE_MINUTES must be a whole number',
    '  - POSTERN_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    '  - POSTERN_HOST 0.0.0.0 is not a loopback address; unless NODE_ENV=production, Postern listens only on this machine',
    '  - POSTERN_CORS_ORIGINS contains app.example.org, which is not an origin such as https://app.example.org',
    '  - POSTERN_ADMIN_USERNAME and POSTERN_ADMIN_PASSWORD_FILE must be set together',
  ]);
  expect(stdout.trim().split('\n')).toHaveLength(1);
});

test('starts in the environment of a login shell with conda, and warns once of old names', async () => {
  const { process, facts } = await startServer(
    { DATA_DIR: migratedFolder() },
    { MAIL: '/var/spool/mail/deploy', HOST: 'x86_64-conda-linux-gnu', CALL_KEYS_PER_USER: '3', REGISTRATION: 'closed' },
  );
  expect(facts['mail']).toMatch(/^shown at /);
  const { stdout, stderr } = await process.stop();
  expect(process.lines.filter(({ level }) => level === 40).map(({ msg }) => msg)).toEqual([
    'Settings without the prefix POSTERN_ are read only until version 1.0. Rename REGISTRATION to POSTERN_REGISTRATION, CALL_KEYS_PER_USER to POSTERN_CALL_KEYS_PER_USER',
  ]);
  expect(stdout).not.toMatch(/MAIL|HOST/);
  expect(stderr).toBe('');
});

test('warns at startup of a name that is almost a setting, without its value', async () => {
  const { process } = await startServer({ DATA_DIR: migratedFolder() }, { SMPT_URL: 'smtp://user:hidden@there' });
  const { stdout } = await process.stop();
  expect(process.lines.filter(({ level }) => level === 40).map(({ msg }) => msg)).toEqual([
    'SMPT_URL is not a setting. Did you mean POSTERN_SMTP_URL?',
  ]);
  expect(stdout).not.toContain('hidden');
});

test('requires POSTERN_PUBLIC_URL to start in production', async () => {
  const { code, stderr } = await launchServer({ DATA_DIR: temporaryFolder(), NODE_ENV: 'production', PUBLIC_URL: '' })
    .ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "Postern can't start. Invalid settings:\n  - POSTERN_PUBLIC_URL is required in production: the public URL of this server, e.g. https://account.example.org\n",
  });
});

test('refuses arguments at the start, and says where the commands are', async () => {
  const { code, stderr } = await launch(process.execPath, ['bin/start.js', '--help'], {}).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'The server takes no arguments. Its settings are environment variables (docs/settings.md); for commands, run npm run postern -- --help.\n',
  });
});

test('reports at startup that the port is in use', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const { port } = other.address() as { port: number };
  const { code, stderr } = await launchServer({ DATA_DIR: migratedFolder(), PORT: String(port) }).ended;
  other.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `Postern can't start. Port ${port} on 127.0.0.1 is already in use. Stop the program that uses it, or set PORT to another port.\n`,
  });
});

test('reports at startup that the PostgreSQL server can’t be reached', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => {
    gone.listen(0, '127.0.0.1', resolve);
  });
  const { port } = gone.address() as { port: number };
  await new Promise((resolve) => {
    gone.close(resolve);
  });
  const { code, stderr } = await launchServer({ DATABASE_URL: `postgres://postgres:secret@127.0.0.1:${port}/postern` })
    .ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `Postern can't start. Can't reach the database (DATABASE_URL) at 127.0.0.1, port ${port}: connection refused. Check that PostgreSQL runs, and the host and port.\n`,
  });
});

test('reports at startup that the database host doesn’t exist', async () => {
  const { code, stderr } = await launchServer({ DATABASE_URL: 'postgres://postgres:secret@database.invalid/postern' })
    .ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "Postern can't start. Can't reach the database (DATABASE_URL) at database.invalid: host not found. Check the host, and that the password is encoded: @ is %40, / is %2F, # is %23.\n",
  });
});

test('reports at startup that the PostgreSQL server accepts connections but never responds', async () => {
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  const { port } = silent.address() as { port: number };
  const { code, stderr } = await launchServer({ DATABASE_URL: `postgres://postgres:secret@127.0.0.1:${port}/postern` })
    .ended;
  silent.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "Postern can't start. Can't reach the database (DATABASE_URL): connection timed out. Check the host, the port and the firewall.\n",
  });
});

test('reports at startup that the PostgreSQL server lacks TLS when the URL requires it', async () => {
  const plain = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.write('N'));
  });
  await new Promise<void>((resolve) => {
    plain.listen(0, '127.0.0.1', resolve);
  });
  const { port } = plain.address() as { port: number };
  const { code, stderr } = await launchServer({
    DATABASE_URL: `postgres://postgres:secret@127.0.0.1:${port}/postern?sslmode=verify-full`,
  }).ended;
  plain.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "Postern can't start. Can't connect to the database (DATABASE_URL): the URL requires TLS (sslmode), but the server doesn't support it.\n",
  });
});

test('reports at startup that the database was never migrated when POSTERN_MIGRATE_ON_START=off', async () => {
  const { code, stderr } = await launchServer({ DATA_DIR: temporaryFolder(), MIGRATE_ON_START: 'off' }).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'Postern can\'t start. The database is not up to date. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).\n',
  });
});

test('reports a missing migration when POSTERN_MIGRATE_ON_START=off, and applies it when it is on', async () => {
  const settings = { DATA_DIR: await outdatedFolder() };
  const { code, stderr } = await launchServer({ ...settings, MIGRATE_ON_START: 'off' }).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'Postern can\'t start. The database is not up to date. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).\n',
  });
  const { facts } = await startServer(settings);
  expect(facts['migrations']).toBe('1 applied, up to date');
});
