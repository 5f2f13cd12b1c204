// Which modules may import which: the layers of src and the order of the features (src/features/README.md).
// scripts/check-architecture.ts runs this; test/architecture/dependency-rules.test.ts plants a violation of each rule.

/** The features in dependency order: each imports only the ones before it. */
const features = [
  'account',
  'security-event',
  'mail',
  'attempt',
  'session',
  'username',
  'password',
  'two-factor',
  'passkey',
  'trusted-browser',
  'api-token',
  'access-token',
  'recovery',
  'email-address',
  'sign-in',
  'sign-up',
  'call-key',
  'usage',
  'service-auth',
  'webhook',
  'security-finding',
  'export',
  'revoke-everything',
  'account-closure',
  'administration',
  'user-import',
];

/** The layers of src from the bottom up: each imports only itself and the ones before it. */
const layers = [
  'migrations',
  'duration.ts',
  'steady-offset.ts',
  'calendar-period.ts',
  'text',
  'net',
  'crypto',
  'config',
  'telemetry',
  'database',
  'encryption',
  'rules',
  'graphql-kit',
  ...features.map((feature) => `features/${feature}`),
  'graphql',
  'http',
  'server',
  'cli',
];

const anyOf = (names) => `(?:${names.join('|')})`;
const escaped = (name) => name.replaceAll('.', '\\.');
const layer = (names) => `^src/${anyOf(names.map((name) => escaped(name) + (name.endsWith('.ts') ? '$' : '/')))}`;
const feature = '^src/features/';
/** Files of a feature that belong to GraphQL; every other file is an entity or a rule. */
const graphqlFile = '\\.(?:resolver|type|loader)\\.ts$';
const entityFile = '\\.entity\\.ts$';

/** Lists that import from above: of all entities, and of the types that a rule uses. */
const listOfEntities = '^src/database/connection/entities\\.ts$';
const listOfTypes = '^src/rules/context\\.ts$';

/** A package or any of its modules, installed or not. */
const packages = (...names) => `(?:^|/node_modules/|^node_modules/)(?:@types/)?${anyOf(names)}(?:/|$)`;

/** The largest value that the tool accepts; a forbidden file never has a hundred dependents. */
const MOST = 100;

/** Matches every module by name, even one that nothing imports. */
const anyModule = (module) => ({ module: { ...module, numberOfDependentsLessThan: MOST }, from: {} });

/** Restricts a library to one entry point. */
const onlyIn = (name, libraries, allowed) => ({
  name: `only-one-place-imports-${name}`,
  severity: 'error',
  comment: `Only one place imports ${libraries.join(', ')}, so that it is easy to maintain and replace.`,
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages(...libraries) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Merge files that import each other, or move the shared part to a third file. Type imports count too.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'The other rules cannot see an import that does not resolve.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'known-folders',
      severity: 'error',
      comment: 'Add a new folder in src to the layers or the features at the top of this file.',
      ...anyModule({ path: '^src/', pathNot: [layer(layers), '^src/(?:main|cli)\\.ts$'] }),
    },
    {
      name: 'no-catch-all-files',
      severity: 'error',
      comment:
        'Name a file for what it does. Names such as utils, helpers, common, base and manager say nothing and collect everything.',
      ...anyModule({
        path: [
          '^(?:src|test|scripts|bench|bin|packages|web)/(?:.*[/.-])?(?:utils?|helpers?|managers?)[/.-]',
          '^(?:src|test|scripts|bench|bin|packages|web)/(?:.*[/.])?(?:common|base)[/.]',
        ],
      }),
    },
    {
      name: 'no-barrels',
      severity: 'error',
      comment: 'Import from the file that defines a name. The list of migrations and generated files are exempt.',
      ...anyModule({
        path: '^(?:src|test|scripts|bench|bin|packages|web)/(?:.*/)?index\\.[cm]?[jt]sx?$',
        pathNot: '^src/migrations/index\\.ts$|/generated/',
      }),
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that imports nothing and that nothing imports is unused.',
      from: { path: '^(?:src|packages/client/src|web/src)/', pathNot: '/generated/', orphan: true },
      to: {},
    },
    {
      name: 'entities-are-data',
      severity: 'error',
      comment:
        'An entity is data: from Postern it imports only other entities, the roles, the kinds of second factors and the languages.',
      from: { path: entityFile },
      to: {
        path: '^src/',
        pathNot: [entityFile, '^src/rules/role\\.ts$', '^src/rules/second-factor-kind\\.ts$', '^src/text/locale\\.ts$'],
      },
    },
    {
      name: 'entity-list-imports-only-entities',
      severity: 'error',
      comment: 'The list of entities imports only the entities of the features.',
      from: { path: listOfEntities },
      to: { path: '^src/', pathNot: entityFile },
    },
    {
      name: 'rule-context-imports-only-types',
      severity: 'error',
      comment: 'The rule context imports only types from the features; no feature code runs in the layers below.',
      from: { path: listOfTypes },
      to: { path: feature, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-know-no-graphql',
      severity: 'error',
      comment: 'Without graphql/, graphql-kit/, http/ and every resolver, type and loader, the rules still compile.',
      from: { path: [feature, layer(layers.slice(0, layers.indexOf('graphql-kit')))], pathNot: graphqlFile },
      to: {
        path: [
          '^src/(?:graphql|graphql-kit|http)/',
          graphqlFile,
          packages(
            'graphql',
            'graphql-scalars',
            'type-graphql',
            '@graphql-tools',
            '@apollo',
            'dataloader',
            'fastify',
            '@fastify',
            '@as-integrations',
          ),
        ],
      },
    },
    {
      name: 'mail-content-is-text',
      severity: 'error',
      comment: 'The content of a mail is made of texts and facts, without database, queue or transport.',
      from: { path: '^src/features/mail/content/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/features/mail/content/',
          '^src/(?:text/|duration\\.ts$)',
          '^src/features/security-event/device\\.ts$',
          entityFile,
        ],
      },
    },
    {
      name: 'features-know-no-mail-delivery',
      severity: 'error',
      comment: 'Rules put mails into a mailbox; the process decides how to send them.',
      from: { path: feature, pathNot: '^src/features/mail/delivery/' },
      to: { path: '^src/features/mail/delivery/' },
    },
    {
      name: 'rules-know-no-webhook-delivery',
      severity: 'error',
      comment: 'Rules record events, which puts them into the outbox; the process sends them.',
      from: { path: feature, pathNot: '^src/features/webhook/delivery/' },
      to: { path: '^src/features/webhook/delivery/' },
    },
    {
      name: 'graphql-knows-no-http',
      severity: 'error',
      comment: 'resolver < app: another server could serve the same schema.',
      from: { path: ['^src/(?:graphql|graphql-kit)/', graphqlFile] },
      to: { path: ['^src/http/', packages('fastify', '@fastify', '@as-integrations')] },
    },
    {
      name: 'only-the-schema-imports-resolvers',
      severity: 'error',
      comment: 'resolver < schema: resolvers are used only through GraphQL.',
      from: { path: '^src/', pathNot: '^src/graphql/schema\\.ts$' },
      to: { path: '\\.resolver\\.ts$' },
    },
    {
      name: 'only-apollo-imports-the-schema',
      severity: 'error',
      comment: 'schema < app: the schema is executed in one place and printed in one place.',
      from: { path: '^src/', pathNot: '^src/graphql/(?:apollo|emit-schema)\\.ts$' },
      to: { path: '^src/graphql/schema\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      comment: 'main and cli are processes, not modules.',
      from: {},
      to: { path: '^src/(?:main|cli)\\.ts$' },
    },
    {
      name: 'commands-know-no-graphql',
      severity: 'error',
      comment: 'The command line calls rules directly, as a resolver does. It takes the IDs of the API.',
      from: { path: '^src/cli/' },
      to: {
        pathNot: '^src/rules/global-id\\.ts$',
        path: [
          '^src/(?:graphql|graphql-kit|http)/',
          graphqlFile,
          packages('graphql', 'type-graphql', '@apollo', 'dataloader', 'fastify', '@fastify'),
        ],
      },
    },
    onlyIn('commander', ['commander'], '^src/cli(?:\\.ts$|/)'),
    ...layers.slice(0, -1).map((name, index) => ({
      name: `order-of-${name.replace('features/', '')}`,
      severity: 'error',
      comment: `Imports point down; ${name} imports only the layers and features before it.`,
      from: { path: layer([name]), pathNot: [listOfEntities, listOfTypes] },
      to: { path: [layer(layers.slice(index + 1)), '^src/(?:main|cli)\\.ts$'] },
    })),
    onlyIn('argon2', ['argon2'], '^src/crypto/argon2-hash\\.ts$'),
    onlyIn('bcrypt', ['@node-rs/bcrypt'], '^src/crypto/bcrypt-hash\\.ts$'),
    onlyIn('otplib', ['otplib', '@otplib'], '^src/crypto/totp\\.ts$'),
    onlyIn('jose', ['jose'], '^src/crypto/signed-token\\.ts$'),
    onlyIn('ip-addresses', ['ipaddr\\.js'], '^src/net/ip-address\\.ts$'),
    onlyIn('csv', ['csv-stringify'], '^src/text/csv\\.ts$'),
    onlyIn('opentelemetry', ['@opentelemetry'], '^src/telemetry/otlp/'),
    {
      name: 'opentelemetry-is-loaded-on-demand',
      severity: 'error',
      comment: 'A server without a receiver of traces loads nothing of OpenTelemetry (decision 056).',
      from: { path: '^src/', pathNot: '^src/telemetry/otlp/' },
      to: { path: '^src/telemetry/otlp/', dynamic: false },
    },
    onlyIn('qrcode', ['qrcode'], '^src/crypto/qr-code\\.ts$'),
    onlyIn('node-crypto', ['(?:node:)?crypto'], '^src/crypto/'),
    onlyIn('nodemailer', ['nodemailer'], '^src/features/mail/delivery/'),
    onlyIn('process', ['(?:node:)?process'], '^src/config/config\\.ts$'),
    onlyIn('pglite', ['@electric-sql', '@mikro-orm/pglite'], '^src/database/'),
    onlyIn('pg', ['pg', 'pg-pool', 'pg-native', '@mikro-orm/postgresql'], '^src/database/'),
    onlyIn('fastify', ['fastify', '@fastify', '@as-integrations'], '^src/http/|^src/server/app\\.ts$'),
    onlyIn(
      'apollo',
      ['@apollo'],
      '^src/graphql/(?:apollo|admission/admit-operations|errors/(?:mask-errors|unavailable)|limits/request-limits|operations/trace-operations)\\.ts$|^src/http/routes/(?:apollo-handler|graphql-endpoint)\\.ts$',
    ),
    {
      name: 'src-imports-only-src',
      severity: 'error',
      comment: 'Production code imports no tests, benchmarks or scripts.',
      from: { path: '^src/' },
      to: { path: '^(?:test|bench|scripts|bin|dist|packages|web)/' },
    },
    {
      name: 'web-app-uses-only-the-schema',
      severity: 'error',
      comment: 'The web app is a client like any other: it uses only the public schema of the server.',
      from: { path: '^web/src/' },
      to: { path: '^(?:src|test|bench|scripts|bin|dist)/' },
    },
    {
      name: 'client-has-no-dependencies',
      severity: 'error',
      comment: 'The client runs in any project: it imports only itself.',
      from: { path: '^packages/client/src/' },
      to: { pathNot: '^packages/client/src/' },
    },
    {
      name: 'view-parts-import-no-views',
      severity: 'error',
      comment: 'Views are built from elements, form, language and api, which import no view.',
      from: { path: '^web/src/(?:api|elements|form|language|session)/' },
      to: { path: '^web/src/(?!(?:api|elements|form|generated|language|session)/|shell/preferences\\.ts$)' },
    },
    {
      name: 'src-imports-no-development-dependency',
      severity: 'error',
      comment:
        'Production installs no development dependencies, and a package that package.json does not list may disappear.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(?:^|/)node_modules/' },
    exclude: { path: '^(?:packages/client/)?dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
