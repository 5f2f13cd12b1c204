// What may import what: the layers of src and the order of the features (src/features/README.md).
// scripts/check-architecture.ts runs it; test/architecture/dependency-rules.test.ts plants a violation of each rule.

/** The features in the order in which they build on each other: each imports only those before it. */
const features = [
  'account',
  'security-event',
  'mail',
  'attempt',
  'session',
  'username',
  'password',
  'two-factor',
  'api-token',
  'recovery',
  'email-address',
  'sign-in',
  'sign-up',
  'call-key',
  'usage',
  'security-finding',
  'administration',
];

/** The layers of src from the ground up: each imports only itself and those before it. */
const layers = [
  'migrations',
  'duration.ts',
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
/** Files of a feature that GraphQL is made of; every other one is an entity or a rule. */
const graphqlFile = '\\.(?:resolver|type|loader)\\.ts$';
const entityFile = '\\.entity\\.ts$';

/** Lists that import up: of all entities, and of the types that a rule works with. */
const listOfEntities = '^src/database/connection/entities\\.ts$';
const listOfTypes = '^src/rules/context\\.ts$';

/** A package, or any of its modules, where it is installed or where it is not. */
const packages = (...names) => `(?:^|/node_modules/|^node_modules/)(?:@types/)?${anyOf(names)}(?:/|$)`;

/** The most that the tool takes here; nobody plants a hundred imports of a forbidden file at once. */
const MOST = 100;

/** Matches every module by its name, whether or not anything imports it. */
const anyModule = (module) => ({ module: { ...module, numberOfDependentsLessThan: MOST }, from: {} });

/** Allows a library behind one door alone. */
const door = (name, libraries, allowed) => ({
  name: `one-door-for-${name}`,
  severity: 'error',
  comment: `${libraries.join(', ')} is reached through one door alone, so that it can be looked after and replaced there.`,
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages(...libraries) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three. Types count too.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere is seen by no other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'known-folders',
      severity: 'error',
      comment: 'A new folder in src first takes its place among the layers or the features, at the top of this file.',
      ...anyModule({ path: '^src/', pathNot: [layer(layers), '^src/(?:main|cli)\\.ts$'] }),
    },
    {
      name: 'no-drawers',
      severity: 'error',
      comment:
        'A file is named for what it does; utils, helpers, common, base and manager say nothing, and everything ends up in them.',
      ...anyModule({
        path: [
          '^(?:src|test|scripts|bench|bin|web)/(?:.*[/.-])?(?:utils?|helpers?|managers?)[/.-]',
          '^(?:src|test|scripts|bench|bin|web)/(?:.*[/.])?(?:common|base)[/.]',
        ],
      }),
    },
    {
      name: 'no-barrels',
      severity: 'error',
      comment: 'Import a thing from where it is. Migrations are a list, and generated files are not ours.',
      ...anyModule({
        path: '^(?:src|test|scripts|bench|bin|web)/(?:.*/)?index\\.[cm]?[jt]sx?$',
        pathNot: '^src/migrations/index\\.ts$|/generated/',
      }),
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports and that imports nothing is not part of Postern.',
      from: { path: '^(?:src|web/src)/', pathNot: '/generated/', orphan: true },
      to: {},
    },
    {
      name: 'entities-are-data',
      severity: 'error',
      comment:
        'An entity is data: it imports other entities, the roles and the languages, and nothing else of Postern.',
      from: { path: entityFile },
      to: { path: '^src/', pathNot: [entityFile, '^src/rules/role\\.ts$', '^src/text/locale\\.ts$'] },
    },
    {
      name: 'lists-of-entities-alone',
      severity: 'error',
      comment: 'The list of entities imports every feature’s tables, and nothing else of them.',
      from: { path: listOfEntities },
      to: { path: '^src/', pathNot: entityFile },
    },
    {
      name: 'lists-of-types-alone',
      severity: 'error',
      comment: 'What a rule works with is made of types of the features; none of their code runs below them.',
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
      comment: 'What a mail says is made of texts and facts: no database, no queue, no transport.',
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
      comment: 'Rules put mails into a mailbox; how they are sent is the business of the process.',
      from: { path: feature, pathNot: '^src/features/mail/delivery/' },
      to: { path: '^src/features/mail/delivery/' },
    },
    {
      name: 'graphql-knows-no-http',
      severity: 'error',
      comment: 'resolver < app: the same schema could be served by another server.',
      from: { path: ['^src/(?:graphql|graphql-kit)/', graphqlFile] },
      to: { path: ['^src/http/', packages('fastify', '@fastify', '@as-integrations')] },
    },
    {
      name: 'only-the-schema-imports-resolvers',
      severity: 'error',
      comment: 'resolver < schema: a resolver is used through GraphQL and in no other way.',
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
      comment: 'The command line calls rules directly, as a resolver does.',
      from: { path: '^src/cli/' },
      to: {
        path: [
          '^src/(?:graphql|graphql-kit|http)/',
          graphqlFile,
          packages('graphql', 'type-graphql', '@apollo', 'dataloader', 'fastify', '@fastify'),
        ],
      },
    },
    door('commander', ['commander'], '^src/cli(?:\\.ts$|/)'),
    ...layers.slice(0, -1).map((name, index) => ({
      name: `order-of-${name.replace('features/', '')}`,
      severity: 'error',
      comment: `Imports point down; ${name} imports only the layers and features before it.`,
      from: { path: layer([name]), pathNot: [listOfEntities, listOfTypes] },
      to: { path: [layer(layers.slice(index + 1)), '^src/(?:main|cli)\\.ts$'] },
    })),
    door('argon2', ['argon2'], '^src/crypto/password-hash\\.ts$'),
    door('otplib', ['otplib', '@otplib'], '^src/crypto/totp\\.ts$'),
    door('ip-addresses', ['ipaddr\\.js'], '^src/net/ip-address\\.ts$'),
    door('qrcode', ['qrcode'], '^src/crypto/qr-code\\.ts$'),
    door('node-crypto', ['(?:node:)?crypto'], '^src/crypto/'),
    door('nodemailer', ['nodemailer'], '^src/features/mail/delivery/'),
    door('process', ['(?:node:)?process'], '^src/config/config\\.ts$'),
    door('pglite', ['@electric-sql', '@mikro-orm/pglite'], '^src/database/'),
    door('pg', ['pg', 'pg-pool', 'pg-native', '@mikro-orm/postgresql'], '^src/database/'),
    door('fastify', ['fastify', '@fastify', '@as-integrations'], '^src/http/|^src/server/app\\.ts$'),
    door(
      'apollo',
      ['@apollo'],
      '^src/graphql/(?:apollo|errors/mask-errors|limits/document-limits)\\.ts$|^src/http/routes/(?:apollo-handler|graphql-endpoint)\\.ts$',
    ),
    {
      name: 'src-imports-src-alone',
      severity: 'error',
      comment: 'What runs in production imports no test, benchmark or script.',
      from: { path: '^src/' },
      to: { path: '^(?:test|bench|scripts|bin|dist|web)/' },
    },
    {
      name: 'page-knows-the-schema-alone',
      severity: 'error',
      comment: 'The page is a client like any other: what it knows of the server is the public schema.',
      from: { path: '^web/src/' },
      to: { path: '^(?:src|test|bench|scripts|bin|dist)/' },
    },
    {
      name: 'page-parts-know-no-views',
      severity: 'error',
      comment: 'elements, form, language and api are what views are made of, and know none of them.',
      from: { path: '^web/src/(?:api|elements|form|language|session)/' },
      to: { path: '^web/src/(?!(?:api|elements|form|generated|language|session)/|shell/preferences\\.ts$)' },
    },
    {
      name: 'src-imports-no-development-dependency',
      severity: 'error',
      comment:
        'Production installs no development dependencies, and a package that package.json does not name may be gone tomorrow.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(?:^|/)node_modules/' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
