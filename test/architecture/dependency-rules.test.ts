import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';

type Tree = Readonly<Record<string, string>>;

// The check runs in its own process, which is slow on a busy machine.
jest.setTimeout(120_000);

const root = resolve(import.meta.dirname, '../..');
const {
  default: { forbidden },
} = (await import(join(root, '.dependency-cruiser.cjs'))) as { default: { forbidden: { name: string }[] } };

/** The layers of src from the bottom up, with the features in the order of their README. */
const features = readFileSync(join(root, 'src/features/README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^\d+\. `([\w-]+)`/.exec(line)?.[1] ?? []);
const ground = [
  'migrations',
  'text',
  'net',
  'crypto',
  'config',
  'telemetry',
  'database',
  'encryption',
  'rules',
  'graphql-kit',
];
const layers = [...ground, ...features.map((feature) => `features/${feature}`), 'graphql', 'http', 'server', 'cli'];
const nameOf = (layer: string) => layer.replace('features/', '');
/** The relative path from a file in one layer to a file in another. */
const way = (from: string, to: string) => `${from.includes('/') ? '../../' : '../'}${to}`;

const imports = (...modules: string[]) => modules.map((module) => `import '${module}';\n`).join('');

/** A small tree that follows every rule: each folder, each library, each layer. */
const houseInOrder: Tree = {
  'src/duration.ts': 'export {};\n',
  'src/steady-offset.ts': imports('./duration.js'),
  'src/calendar-period.ts': imports('./duration.js', './steady-offset.js'),
  'src/crypto/token.ts': imports('node:crypto'),
  'src/crypto/argon2-hash.ts': imports('argon2', './token.js'),
  'src/crypto/bcrypt-hash.ts': imports('@node-rs/bcrypt'),
  'src/crypto/totp.ts': imports('otplib'),
  'src/crypto/signed-token.ts': imports('jose'),
  'src/crypto/qr-code.ts': imports('qrcode'),
  'src/net/ip-address.ts': imports('ipaddr.js'),
  'src/text/locale.ts': imports('../duration.js'),
  'src/rules/role.ts': 'export {};\n',
  'src/rules/context.ts':
    "import type { Rule } from '../features/session/rule.js';\nimport '../config/config.js';\nexport type Context = Rule;\n",
  'src/features/mail/delivery/send.ts': imports('nodemailer'),
  'src/features/account/account.entity.ts': imports('@mikro-orm/core', '../../rules/role.js', '../../text/locale.js'),
  'src/features/session/session.entity.ts': imports('../account/account.entity.js'),
  'src/features/session/session.type.ts': imports('graphql-scalars', '../../graphql-kit/context.js'),
  'src/features/session/session.loader.ts': imports('dataloader', './rule.js'),
  'src/features/session/session.resolver.ts': imports(
    'type-graphql',
    './rule.js',
    './session.type.js',
    './session.loader.js',
  ),
  'src/database/connection/entities.ts': imports('../../features/session/session.entity.js'),
  'src/database/connection/open-database.ts': imports(
    'pg',
    '@electric-sql/pglite',
    '@mikro-orm/postgresql',
    './entities.js',
    '../../migrations/index.js',
  ),
  'src/migrations/index.ts': imports('./Migration1.js'),
  'src/migrations/Migration1.ts': imports('@mikro-orm/core'),
  'src/graphql-kit/context.ts': imports('graphql', '../rules/context.js'),
  'src/graphql/schema.ts': imports('../features/session/session.resolver.js'),
  'src/graphql/apollo.ts': imports('@apollo/server', './schema.js'),
  'src/http/server.ts': imports('fastify', '@fastify/cookie', '../graphql/apollo.js'),
  'src/config/config.ts': imports('node:process'),
  'src/server/app.ts': imports('fastify', '../http/server.js', '../database/connection/open-database.js'),
  'src/server/tracing.ts': "export const open = () => import('../telemetry/otlp/tracer.js');\n",
  'src/telemetry/otlp/tracer.ts': imports('@opentelemetry/api'),
  'src/server/start-up.ts': imports('./app.js'),
  'src/main.ts': imports('./server/start-up.js'),
  'src/cli.ts': imports('commander', './cli/admin.command.js'),
  'src/cli/admin.command.ts': imports('commander', '../server/start-up.js', '../features/sign-up/rule.js'),
  'test/features/session/session.test.ts': imports('../../../src/server/app.js', 'jest'),
  'web/src/elements/button.ts': 'export {};\n',
  'web/src/profile/profile.ts': imports('../elements/button.js'),
  ...Object.fromEntries(
    layers.map((layer, index) => [
      `src/${layer}/rule.ts`,
      `${index > 0 ? imports(`${way(layer, layers[index - 1] === 'graphql-kit' ? 'rules' : layers[index - 1]!)}/rule.js`) : ''}export type Rule = 1;\n`,
    ]),
  ),
};

/** For each rule, files that violate it and the violations to report. */
const planted: Readonly<Record<string, { files: Tree; caught: string[] }>> = {
  'no-cycles': {
    files: {
      'src/features/attempt/one.ts': "import type { Other } from './other.js';\nexport type One = Other | 1;\n",
      'src/features/attempt/other.ts': "import type { One } from './one.js';\nexport type Other = One | 2;\n",
    },
    caught: ['src/features/attempt/one.ts → src/features/attempt/other.ts → src/features/attempt/one.ts'],
  },
  'every-import-resolves': {
    files: { 'src/features/attempt/lost.ts': imports('./nowhere.js') },
    caught: ['src/features/attempt/lost.ts → ./nowhere.js'],
  },
  'known-folders': {
    files: { 'src/services/new.ts': 'export {};\n' },
    caught: ['src/services/new.ts → src/services/new.ts'],
  },
  'no-catch-all-files': {
    files: Object.fromEntries(
      [
        'src/features/attempt/utils.ts',
        'src/features/attempt/string.util.ts',
        'src/http/helpers/cookie.ts',
        'src/features/session/session-manager.ts',
        'src/features/account/account.base.ts',
        'src/graphql/common/thing.ts',
        'test/common/thing.ts',
        'test/support/helper.ts',
      ].map((file) => [file, 'export {};\n']),
    ),
    caught: [
      'src/features/attempt/utils.ts',
      'src/features/attempt/string.util.ts',
      'src/http/helpers/cookie.ts',
      'src/features/session/session-manager.ts',
      'src/features/account/account.base.ts',
      'src/graphql/common/thing.ts',
      'test/common/thing.ts',
      'test/support/helper.ts',
    ].map((file) => `${file} → ${file}`),
  },
  'no-barrels': {
    files: { 'src/features/attempt/index.ts': "export * from './rule.js';\n", 'test/support/index.ts': 'export {};\n' },
    caught: [
      'src/features/attempt/index.ts → src/features/attempt/index.ts',
      'test/support/index.ts → test/support/index.ts',
    ],
  },
  'no-orphans': {
    files: { 'src/features/attempt/alone.ts': 'export {};\n' },
    caught: ['src/features/attempt/alone.ts → src/features/attempt/alone.ts'],
  },
  'entities-are-data': {
    files: {
      'src/features/mail/mail.entity.ts': imports('./rule.js'),
      'src/features/usage/usage.entity.ts': imports('../../rules/refuse.js'),
      'src/rules/refuse.ts': 'export {};\n',
    },
    caught: [
      'src/features/mail/mail.entity.ts → src/features/mail/rule.ts',
      'src/features/usage/usage.entity.ts → src/rules/refuse.ts',
    ],
  },
  'entity-list-imports-only-entities': {
    files: {
      'src/database/connection/entities.ts': imports(
        '../../features/session/session.entity.js',
        '../../features/session/rule.js',
      ),
    },
    caught: ['src/database/connection/entities.ts → src/features/session/rule.ts'],
  },
  'rule-context-imports-only-types': {
    files: { 'src/rules/context.ts': imports('../features/session/rule.js') },
    caught: ['src/rules/context.ts → src/features/session/rule.ts'],
  },
  'rules-know-no-graphql': {
    files: {
      'src/features/session/answer.ts':
        "import type { Context } from '../../graphql-kit/context.js';\nexport type Answer = Context;\n",
      'src/features/session/cookie.ts': imports('../../http/server.js'),
      'src/features/session/error.ts': imports('graphql'),
      'src/features/session/field.ts': imports('type-graphql'),
      'src/features/session/reply.ts': imports('fastify'),
      'src/features/session/load.ts': imports('./session.loader.js'),
      'src/features/session/show.ts': imports('./session.type.js'),
      'src/telemetry/logger.ts': imports('../graphql-kit/context.js'),
      'src/rules/reply.ts': imports('graphql'),
    },
    caught: [
      'src/features/session/answer.ts → src/graphql-kit/context.ts',
      'src/features/session/cookie.ts → src/http/server.ts',
      'src/features/session/error.ts → node_modules/graphql/index.js',
      'src/features/session/field.ts → node_modules/type-graphql/index.js',
      'src/features/session/reply.ts → node_modules/fastify/index.js',
      'src/features/session/load.ts → src/features/session/session.loader.ts',
      'src/features/session/show.ts → src/features/session/session.type.ts',
      'src/telemetry/logger.ts → src/graphql-kit/context.ts',
      'src/rules/reply.ts → node_modules/graphql/index.js',
    ],
  },
  'mail-content-is-text': {
    files: {
      'src/features/mail/content/mail.ts': imports('../rule.js', '../../../text/rule.js', '../delivery/queue.js'),
      'src/features/mail/delivery/queue.ts': imports('../rule.js'),
    },
    caught: [
      'src/features/mail/content/mail.ts → src/features/mail/rule.ts',
      'src/features/mail/content/mail.ts → src/features/mail/delivery/queue.ts',
    ],
  },
  'features-know-no-mail-delivery': {
    files: { 'src/features/session/deliver.ts': imports('../mail/delivery/send.js') },
    caught: ['src/features/session/deliver.ts → src/features/mail/delivery/send.ts'],
  },
  'rules-know-no-webhook-delivery': {
    files: {
      'src/features/administration/send.ts': imports('../webhook/delivery/send.js'),
      'src/features/webhook/delivery/send.ts': 'export {};\n',
    },
    caught: ['src/features/administration/send.ts → src/features/webhook/delivery/send.ts'],
  },
  'graphql-knows-no-http': {
    files: {
      'src/graphql/reply.ts': imports('fastify'),
      'src/graphql-kit/reply.ts': imports('fastify'),
      'src/features/account/me.loader.ts': imports('../../http/server.js'),
    },
    caught: [
      'src/graphql/reply.ts → node_modules/fastify/index.js',
      'src/graphql-kit/reply.ts → node_modules/fastify/index.js',
      'src/features/account/me.loader.ts → src/http/server.ts',
    ],
  },
  'only-the-schema-imports-resolvers': {
    files: { 'src/graphql/shortcut.ts': imports('../features/session/session.resolver.js') },
    caught: ['src/graphql/shortcut.ts → src/features/session/session.resolver.ts'],
  },
  'only-apollo-imports-the-schema': {
    files: { 'src/http/direct.ts': imports('../graphql/schema.js') },
    caught: ['src/http/direct.ts → src/graphql/schema.ts'],
  },
  'web-app-uses-only-the-schema': {
    files: { 'web/src/profile/direct.ts': imports('../../../src/rules/context.js') },
    caught: ['web/src/profile/direct.ts → src/rules/context.ts'],
  },
  'client-has-no-dependencies': {
    files: { 'packages/client/src/direct.ts': imports('../../../src/rules/context.js') },
    caught: ['packages/client/src/direct.ts → src/rules/context.ts'],
  },
  'view-parts-import-no-views': {
    files: { 'web/src/elements/nosy.ts': imports('../profile/profile.js') },
    caught: ['web/src/elements/nosy.ts → web/src/profile/profile.ts'],
  },
  'nothing-imports-main': {
    files: { 'test/start/main.ts': imports('../../src/main.js') },
    caught: ['test/start/main.ts → src/main.ts'],
  },
  'commands-know-no-graphql': {
    files: {
      'src/cli/session.command.ts': imports('../graphql-kit/context.js', '../features/session/session.type.js'),
    },
    caught: [
      'src/cli/session.command.ts → src/graphql-kit/context.ts',
      'src/cli/session.command.ts → src/features/session/session.type.ts',
    ],
  },
  'opentelemetry-is-loaded-on-demand': {
    files: { 'src/server/eager.ts': imports('../telemetry/otlp/tracer.js') },
    caught: ['src/server/eager.ts → src/telemetry/otlp/tracer.ts'],
  },
  'order-of-duration.ts': {
    files: { 'src/duration.ts': imports('./text/rule.js') },
    caught: ['src/duration.ts → src/text/rule.ts'],
  },
  'order-of-steady-offset.ts': {
    files: { 'src/steady-offset.ts': imports('./calendar-period.js') },
    caught: ['src/steady-offset.ts → src/calendar-period.ts'],
  },
  'order-of-calendar-period.ts': {
    files: { 'src/calendar-period.ts': imports('./text/rule.js') },
    caught: ['src/calendar-period.ts → src/text/rule.ts'],
  },
  ...Object.fromEntries(
    layers.slice(0, -1).map((layer, index) => [
      `order-of-${nameOf(layer)}`,
      {
        files: {
          [`src/${layer}/early.ts`]: imports(`${way(layer, layers[index + 1]!)}/rule.js`, `${way(layer, 'main.js')}`),
        },
        caught: [`src/${layer}/early.ts → src/${layers[index + 1]}/rule.ts`, `src/${layer}/early.ts → src/main.ts`],
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['argon2', 'argon2', 'src/crypto/elsewhere-argon2.ts'],
      ['bcrypt', '@node-rs/bcrypt', 'src/crypto/elsewhere-bcrypt.ts'],
      ['otplib', 'otplib', 'src/features/two-factor/elsewhere-otplib.ts'],
      ['jose', 'jose', 'src/features/service-auth/elsewhere-jose.ts'],
      ['ip-addresses', 'ipaddr.js', 'src/features/attempt/elsewhere-ipaddr.ts'],
      ['qrcode', 'qrcode', 'src/features/two-factor/elsewhere-qrcode.ts'],
      ['nodemailer', 'nodemailer', 'src/features/email-address/elsewhere-nodemailer.ts'],
      ['pglite', '@electric-sql/pglite', 'src/http/elsewhere-pglite.ts'],
      ['pg', 'pg', 'src/features/session/elsewhere-pg.ts'],
      ['fastify', '@fastify/cookie', 'src/server/start-report.ts'],
      ['apollo', '@apollo/server', 'src/graphql/elsewhere-apollo.ts'],
      ['commander', 'commander', 'src/config/elsewhere-commander.ts'],
      ['csv', 'csv-stringify', 'src/http/elsewhere-csv.ts'],
      ['opentelemetry', '@opentelemetry/api', 'src/server/elsewhere-opentelemetry.ts'],
    ].map(([name, library, file]) => [
      `only-one-place-imports-${name}`,
      { files: { [file!]: imports(library!) }, caught: [`${file} → node_modules/${library}/index.js`] },
    ]),
  ),
  'only-one-place-imports-node-crypto': {
    files: { 'src/features/session/random.ts': imports('node:crypto'), 'src/http/random.ts': imports('crypto') },
    caught: ['src/features/session/random.ts → crypto', 'src/http/random.ts → crypto'],
  },
  'only-one-place-imports-process': {
    files: { 'src/http/environment.ts': "import { env } from 'node:process';\nexport const port = env;\n" },
    caught: ['src/http/environment.ts → process'],
  },
  'src-imports-only-src': {
    files: { 'src/http/users.ts': imports('../../test/support/users.js'), 'test/support/users.ts': 'export {};\n' },
    caught: ['src/http/users.ts → test/support/users.ts'],
  },
  'src-imports-no-development-dependency': {
    files: { 'src/http/tools.ts': imports('jest', 'unnamed') },
    caught: ['src/http/tools.ts → node_modules/jest/index.js', 'src/http/tools.ts → node_modules/unnamed/index.js'],
  },
};

const dependencies = [
  '@apollo/server',
  '@electric-sql/pglite',
  '@fastify/cookie',
  '@mikro-orm/core',
  '@mikro-orm/postgresql',
  '@node-rs/bcrypt',
  '@opentelemetry/api',
  'argon2',
  'commander',
  'csv-stringify',
  'dataloader',
  'fastify',
  'graphql',
  'graphql-scalars',
  'ipaddr.js',
  'jose',
  'nodemailer',
  'otplib',
  'pg',
  'qrcode',
  'type-graphql',
];

const packageFiles: Tree = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022' },
  }),
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1.0.0'])),
    devDependencies: { jest: '1.0.0' },
  }),
  ...Object.fromEntries(
    [...dependencies, 'jest', 'unnamed'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, ''],
    ]),
  ),
};

const made: string[] = [];
afterAll(() => Promise.all(made.map((directory) => rm(directory, { recursive: true, force: true }))));

/** Runs the check, as CI does, on a temporary tree. */
async function check(files: Tree, ...rules: string[]): Promise<{ status: number; output: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'postern-tree-'));
  made.push(directory);
  for (const [name, text] of Object.entries({ ...packageFiles, ...files })) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/check-architecture.ts'), ...rules],
      { cwd: directory },
      (error, stdout, stderr) =>
        done({ status: error ? Number(error.code) : 0, output: `${stdout}${stderr}`.split('\n').filter(Boolean) }),
    );
  });
}

const plants = Object.entries(planted);
const broken = check(Object.assign({}, houseInOrder, ...plants.map(([, { files }]) => files)) as Tree);

test('accepts a source tree that follows every rule', async () => {
  const { status, output } = await check(houseInOrder);
  expect(output).toEqual([expect.stringMatching(/ 0 violations, 0 files of the product not read$/)]);
  expect(status).toBe(0);
});

test('rejects a source tree with violations', async () => expect((await broken).status).toBe(1));

test('has an example violation of every rule', () =>
  expect(plants.map(([name]) => name).sort()).toEqual(forbidden.map(({ name }) => name).sort()));

test.each(plants)('reports a violation of %s', async (name, { caught }) => {
  const seen = (await broken).output.filter((line) => line.startsWith(`${name}: `));
  for (const violation of caught) expect(seen).toContain(`${name}: ${violation}`);
});

test('fails when the rules leave out a file in src, even without a violation', async () => {
  const rules = join(await mkdtemp(join(tmpdir(), 'postern-rules-')), 'rules.cjs');
  made.push(dirname(rules));
  await writeFile(
    rules,
    `const all = require(${JSON.stringify(join(root, '.dependency-cruiser.cjs'))});
    module.exports = { ...all, options: { ...all.options, exclude: { path: '^src/features/session/session[.]resolver' } } };`,
  );
  const { status, output } = await check(houseInOrder, rules);
  expect(output).toEqual([
    'not read: src/features/session/session.resolver.ts',
    expect.stringMatching(/ 0 violations, 1 files of the product not read$/),
  ]);
  expect(status).toBe(1);
});
