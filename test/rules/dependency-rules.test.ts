import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';

type Tree = Readonly<Record<string, string>>;

// The check is a process of its own, which takes its time on a busy machine.
jest.setTimeout(120_000);

const root = resolve(import.meta.dirname, '../..');
const { default: { forbidden } } = await import(join(root, '.dependency-cruiser.cjs')) as { default: { forbidden: { name: string }[] } };

const features = [
  'account', 'security-event', 'mail', 'attempt', 'session', 'username', 'password', 'two-factor', 'api-token', 'recovery', 'email',
  'sign-in', 'sign-up', 'call-key', 'usage', 'security-finding', 'administration',
] as const;

const imports = (...modules: string[]) => modules.map((module) => `import '${module}';\n`).join('');

/** A small house in order: every folder, every door, every layer. */
const houseInOrder: Tree = {
  'src/crypto/token.ts': imports('node:crypto'),
  'src/crypto/password-hash.ts': imports('argon2', './token.js'),
  'src/crypto/totp.ts': imports('otplib'),
  'src/crypto/qr-code.ts': imports('qrcode'),
  'src/mail/send.ts': imports('nodemailer'),
  'src/account/account.entity.ts': imports('@mikro-orm/core'),
  'src/session/session.entity.ts': imports('../account/account.entity.js'),
  'src/session/session.type.ts': imports('graphql-scalars', '../graphql/context.js'),
  'src/session/session.loader.ts': imports('dataloader', './rule.js'),
  'src/session/session.resolver.ts': imports('type-graphql', './rule.js', './session.type.js', './session.loader.js'),
  'src/database/entities.ts': imports('../session/session.entity.js'),
  'src/database/open-database.ts': imports('pg', '@electric-sql/pglite', '@mikro-orm/postgresql', './entities.js', '../migrations/index.js'),
  'src/migrations/index.ts': imports('./Migration1.js'),
  'src/migrations/Migration1.ts': imports('@mikro-orm/core'),
  'src/graphql/context.ts': imports('../session/rule.js'),
  'src/graphql/schema.ts': imports('../session/session.resolver.js'),
  'src/graphql/apollo.ts': imports('@apollo/server', './schema.js'),
  'src/http/server.ts': imports('fastify', '@fastify/cookie', '../graphql/apollo.js'),
  'src/config.ts': imports('node:process'),
  'src/rule-context.ts': imports('./config.js', './crypto/token.js'),
  'src/app.ts': imports('fastify', './http/server.js', './database/open-database.js'),
  'src/start-up.ts': imports('./app.js'),
  'src/main.ts': imports('./start-up.js'),
  'src/cli.ts': imports('commander', './cli/admin.command.js'),
  'src/cli/admin.command.ts': imports('commander', '../start-up.js', '../sign-up/rule.js'),
  'test/session/session.test.ts': imports('../../src/app.js', 'jest'),
  'web/src/elements/button.ts': 'export {};\n',
  'web/src/profile/profile.ts': imports('../elements/button.js'),
  ...Object.fromEntries(features.map((feature, place) => [
    `src/${feature}/rule.ts`, imports('../rule-context.js', ...(place > 0 ? [`../${features[place - 1]}/rule.js`] : [])),
  ])),
};

/** For each rule files that break it, and what is to be said of them. */
const planted: Readonly<Record<string, { files: Tree; caught: string[] }>> = {
  'no-cycles': {
    files: { 'src/attempt/one.ts': "import type { Other } from './other.js';\nexport type One = Other | 1;\n", 'src/attempt/other.ts': "import type { One } from './one.js';\nexport type Other = One | 2;\n" },
    caught: ['src/attempt/one.ts → src/attempt/other.ts → src/attempt/one.ts'],
  },
  'every-import-resolves': { files: { 'src/attempt/lost.ts': imports('./nowhere.js') }, caught: ['src/attempt/lost.ts → ./nowhere.js'] },
  'known-folders': { files: { 'src/services/new.ts': 'export {};\n' }, caught: ['src/services/new.ts → src/services/new.ts'] },
  'no-drawers': {
    files: Object.fromEntries([
      'src/attempt/utils.ts', 'src/attempt/string.util.ts', 'src/http/helpers/cookie.ts', 'src/session/session-manager.ts', 'src/account/account.base.ts',
      'src/graphql/common/thing.ts', 'test/common/thing.ts', 'test/support/helper.ts',
    ].map((file) => [file, 'export {};\n'])),
    caught: [
      'src/attempt/utils.ts', 'src/attempt/string.util.ts', 'src/http/helpers/cookie.ts', 'src/session/session-manager.ts', 'src/account/account.base.ts',
      'src/graphql/common/thing.ts', 'test/common/thing.ts', 'test/support/helper.ts',
    ].map((file) => `${file} → ${file}`),
  },
  'no-barrels': {
    files: { 'src/attempt/index.ts': "export * from './rule.js';\n", 'test/support/index.ts': 'export {};\n' },
    caught: ['src/attempt/index.ts → src/attempt/index.ts', 'test/support/index.ts → test/support/index.ts'],
  },
  'no-orphans': { files: { 'src/attempt/alone.ts': 'export {};\n' }, caught: ['src/attempt/alone.ts → src/attempt/alone.ts'] },
  'crypto-stands-alone': { files: { 'src/crypto/nosy.ts': imports('../account/rule.js') }, caught: ['src/crypto/nosy.ts → src/account/rule.ts'] },
  'entities-are-data': {
    files: { 'src/mail/mail.entity.ts': imports('./rule.js'), 'src/usage/usage.entity.ts': imports('../user-error.js'), 'src/user-error.ts': 'export {};\n' },
    caught: ['src/mail/mail.entity.ts → src/mail/rule.ts', 'src/usage/usage.entity.ts → src/user-error.ts'],
  },
  'database-knows-tables-alone': {
    files: { 'src/database/nosy.ts': imports('../account/rule.js'), 'src/migrations/Migration2.ts': imports('../rule-context.js') },
    caught: ['src/database/nosy.ts → src/account/rule.ts', 'src/migrations/Migration2.ts → src/rule-context.ts'],
  },
  'rules-know-no-graphql': {
    files: {
      'src/session/answer.ts': "import type { Context } from '../graphql/context.js';\nexport type Answer = Context;\n",
      'src/session/cookie.ts': imports('../http/server.js'), 'src/session/error.ts': imports('graphql'), 'src/session/field.ts': imports('type-graphql'),
      'src/session/reply.ts': imports('fastify'), 'src/session/load.ts': imports('./session.loader.js'), 'src/session/show.ts': imports('./session.type.js'),
      'src/logger.ts': imports('./graphql/context.js'),
    },
    caught: [
      'src/session/answer.ts → src/graphql/context.ts', 'src/session/cookie.ts → src/http/server.ts', 'src/session/error.ts → node_modules/graphql/index.js',
      'src/session/field.ts → node_modules/type-graphql/index.js', 'src/session/reply.ts → node_modules/fastify/index.js',
      'src/session/load.ts → src/session/session.loader.ts', 'src/session/show.ts → src/session/session.type.ts', 'src/logger.ts → src/graphql/context.ts',
    ],
  },
  'graphql-knows-no-http': {
    files: { 'src/graphql/reply.ts': imports('fastify'), 'src/account/me.loader.ts': imports('../http/server.js') },
    caught: ['src/graphql/reply.ts → node_modules/fastify/index.js', 'src/account/me.loader.ts → src/http/server.ts'],
  },
  'only-the-schema-imports-resolvers': {
    files: { 'src/graphql/shortcut.ts': imports('../session/session.resolver.js') },
    caught: ['src/graphql/shortcut.ts → src/session/session.resolver.ts'],
  },
  'only-apollo-imports-the-schema': { files: { 'src/http/direct.ts': imports('../graphql/schema.js') }, caught: ['src/http/direct.ts → src/graphql/schema.ts'] },
  'only-the-start-imports-the-app': { files: { 'src/http/again.ts': imports('../app.js') }, caught: ['src/http/again.ts → src/app.ts'] },
  'page-knows-the-schema-alone': { files: { 'web/src/profile/direct.ts': imports('../../../src/rule-context.js') }, caught: ['web/src/profile/direct.ts → src/rule-context.ts'] },
  'page-parts-know-no-views': { files: { 'web/src/elements/nosy.ts': imports('../profile/profile.js') }, caught: ['web/src/elements/nosy.ts → web/src/profile/profile.ts'] },
  'nothing-imports-main': { files: { 'test/start/main.ts': imports('../../src/main.js') }, caught: ['test/start/main.ts → src/main.ts'] },
  'only-the-command-line-imports-its-commands': {
    files: { 'src/sign-up/command.ts': imports('../cli/admin.command.js') },
    caught: ['src/sign-up/command.ts → src/cli/admin.command.ts'],
  },
  'commands-know-no-graphql': {
    files: { 'src/cli/session.command.ts': imports('../graphql/context.js', '../session/session.type.js') },
    caught: ['src/cli/session.command.ts → src/graphql/context.ts', 'src/cli/session.command.ts → src/session/session.type.ts'],
  },
  ...Object.fromEntries(features.slice(0, -1).map((feature, place) => [`order-of-features-${feature}`, {
    files: { [`src/${feature}/early.ts`]: imports(`../${features[place + 1]}/rule.js`) },
    caught: [`src/${feature}/early.ts → src/${features[place + 1]}/rule.ts`],
  }])),
  ...Object.fromEntries([
    ['argon2', 'argon2', 'src/crypto/elsewhere-argon2.ts'], ['otplib', 'otplib', 'src/two-factor/elsewhere-otplib.ts'],
    ['qrcode', 'qrcode', 'src/two-factor/elsewhere-qrcode.ts'], ['nodemailer', 'nodemailer', 'src/email/elsewhere-nodemailer.ts'],
    ['pglite', '@electric-sql/pglite', 'src/http/elsewhere-pglite.ts'], ['pg', 'pg', 'src/session/elsewhere-pg.ts'],
    ['fastify', '@fastify/cookie', 'src/start-report.ts'], ['apollo', '@apollo/server', 'src/graphql/elsewhere-apollo.ts'],
    ['commander', 'commander', 'src/config-command.ts'],
  ].map(([door, library, file]) => [`one-door-for-${door}`, { files: { [file!]: imports(library!) }, caught: [`${file} → node_modules/${library}/index.js`] }])),
  'one-door-for-node-crypto': {
    files: { 'src/session/random.ts': imports('node:crypto'), 'src/http/random.ts': imports('crypto') },
    caught: ['src/session/random.ts → crypto', 'src/http/random.ts → crypto'],
  },
  'one-door-for-process': { files: { 'src/http/environment.ts': "import { env } from 'node:process';\nexport const port = env;\n" }, caught: ['src/http/environment.ts → process'] },
  'src-imports-src-alone': { files: { 'src/http/people.ts': imports('../../test/support/people.js'), 'test/support/people.ts': 'export {};\n' }, caught: ['src/http/people.ts → test/support/people.ts'] },
  'src-imports-no-development-dependency': {
    files: { 'src/http/tools.ts': imports('jest', 'unnamed') },
    caught: ['src/http/tools.ts → node_modules/jest/index.js', 'src/http/tools.ts → node_modules/unnamed/index.js'],
  },
};

const dependencies = [
  '@apollo/server', '@electric-sql/pglite', '@fastify/cookie', '@mikro-orm/core', '@mikro-orm/postgresql', 'argon2', 'commander', 'dataloader', 'fastify', 'graphql',
  'graphql-scalars', 'nodemailer', 'otplib', 'pg', 'qrcode', 'type-graphql',
];

const packageFiles: Tree = {
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022' } }),
  'package.json': JSON.stringify({ type: 'module', dependencies: Object.fromEntries(dependencies.map((name) => [name, '1.0.0'])), devDependencies: { jest: '1.0.0' } }),
  ...Object.fromEntries([...dependencies, 'jest', 'unnamed'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })], [`node_modules/${name}/index.js`, ''],
  ])),
};

const made: string[] = [];
afterAll(() => Promise.all(made.map((directory) => rm(directory, { recursive: true, force: true }))));

/** Runs the check, as CI does, on a tree of its own. */
async function check(files: Tree, ...rules: string[]): Promise<{ status: number; said: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'postern-tree-'));
  made.push(directory);
  for (const [name, text] of Object.entries({ ...packageFiles, ...files })) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/check-dependencies.ts'), ...rules], { cwd: directory }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, said: `${stdout}${stderr}`.split('\n').filter(Boolean) }));
  });
}

const plants = Object.entries(planted);
const broken = check(Object.assign({}, houseInOrder, ...plants.map(([, { files }]) => files)) as Tree);

test('a house in order passes', async () => {
  const { status, said } = await check(houseInOrder);
  expect(said).toEqual([expect.stringMatching(/ 0 violations, 0 files of the product not read$/)]);
  expect(status).toBe(0);
});

test('a house with violations does not pass', async () => expect((await broken).status).toBe(1));

test('every rule has a violation here, so that none can sleep', () =>
  expect(plants.map(([name]) => name).sort()).toEqual(forbidden.map(({ name }) => name).sort()));

test.each(plants)('a violation of %s is caught', async (name, { caught }) => {
  const seen = (await broken).said.filter((line) => line.startsWith(`${name}: `));
  for (const violation of caught) expect(seen).toContain(`${name}: ${violation}`);
});

test('rules that leave a part of src unread do not pass, though they find nothing', async () => {
  const rules = join(await mkdtemp(join(tmpdir(), 'postern-rules-')), 'rules.cjs');
  made.push(dirname(rules));
  await writeFile(rules, `const all = require(${JSON.stringify(join(root, '.dependency-cruiser.cjs'))});
    module.exports = { ...all, options: { ...all.options, exclude: { path: '^src/session/session[.]resolver' } } };`);
  const { status, said } = await check(houseInOrder, rules);
  expect(said).toEqual(['not read: src/session/session.resolver.ts', expect.stringMatching(/ 0 violations, 1 files of the product not read$/)]);
  expect(status).toBe(1);
});
