// What may import what (docs/decisions/, design): crypto < entity < rule < resolver < schema < app < main.
// scripts/check-dependencies.ts runs it; test/rules/dependency-rules.test.ts plants a violation of each rule.

/** The features in the order in which they build on each other: each imports only those before it. */
const features = [
  'account', 'security-event', 'mail', 'attempt', 'session', 'username', 'password', 'two-factor', 'api-token', 'recovery', 'email',
  'sign-in', 'sign-up', 'call-key', 'usage', 'security-finding', 'administration',
];

/** The other folders of src. */
const grounds = ['cli', 'crypto', 'database', 'graphql', 'http', 'migrations'];

const anyOf = (names) => `(?:${names.join('|')})`;
const feature = `^src/${anyOf(features)}/`;
/** Files of a feature that GraphQL is made of; every other one is an entity or a rule. */
const graphqlFile = '\\.(?:resolver|type|loader)\\.ts$';
const entityFile = '\\.entity\\.ts$';

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
      comment: 'A new folder in src takes its place in the order of features, at the top of this file, first.',
      ...anyModule({ path: '^src/[^/]+/', pathNot: `^src/${anyOf([...features, ...grounds])}/` }),
    },
    {
      name: 'no-drawers',
      severity: 'error',
      comment: 'A file is named for what it does; utils, helpers, common, base and manager say nothing, and everything ends up in them.',
      ...anyModule({ path: ['^(?:src|test|scripts|bench|bin|web)/(?:.*[/.-])?(?:utils?|helpers?|managers?)[/.-]', '^(?:src|test|scripts|bench|bin|web)/(?:.*[/.])?(?:common|base)[/.]'] }),
    },
    {
      name: 'no-barrels',
      severity: 'error',
      comment: 'Import a thing from where it is. Migrations are a list, and generated files are not ours.',
      ...anyModule({ path: '^(?:src|test|scripts|bench|bin|web)/(?:.*/)?index\\.[cm]?[jt]sx?$', pathNot: '^src/migrations/index\\.ts$|/generated/' }),
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports and that imports nothing is not part of Postern.',
      from: { path: '^(?:src|web/src)/', pathNot: '/generated/', orphan: true },
      to: {},
    },
    {
      name: 'crypto-stands-alone',
      severity: 'error',
      comment: 'crypto < entity: cryptography knows nothing of accounts.',
      from: { path: '^src/crypto/' },
      to: { path: '^src/', pathNot: '^src/crypto/' },
    },
    {
      name: 'entities-are-data',
      severity: 'error',
      comment: 'entity < rule: an entity imports other entities and nothing else of Postern.',
      from: { path: entityFile },
      to: { path: '^src/', pathNot: entityFile },
    },
    {
      name: 'database-knows-tables-alone',
      severity: 'error',
      comment: 'entity < database < rule: the database knows entities, migrations and settings, and no rule.',
      from: { path: '^src/(?:database|migrations)/' },
      to: { path: '^src/', pathNot: `^src/(?:database|migrations)/|^src/config\\.ts$|${entityFile}` },
    },
    {
      name: 'rules-know-no-graphql',
      severity: 'error',
      comment: 'rule < resolver: without src/graphql/ and every resolver, type and loader, the rules still compile.',
      from: { path: [feature, '^src/(?:rule-context|user-error|config|settings|background-work|logger)\\.ts$'], pathNot: graphqlFile },
      to: { path: ['^src/(?:graphql|http)/', graphqlFile, packages('graphql', 'graphql-scalars', 'type-graphql', '@graphql-tools', '@apollo', 'dataloader', 'fastify', '@fastify', '@as-integrations')] },
    },
    {
      name: 'graphql-knows-no-http',
      severity: 'error',
      comment: 'resolver < app: the same schema could be served by another server.',
      from: { path: ['^src/graphql/', graphqlFile] },
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
      name: 'only-the-start-imports-the-app',
      severity: 'error',
      comment: 'app < main: nothing below knows what it is put together into.',
      from: { path: '^src/', pathNot: '^src/(?:main|cli|start-up|start-report)\\.ts$|^src/cli/' },
      to: { path: '^src/(?:app|start-up|start-report|start-failure)\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      comment: 'main and cli are processes, not modules.',
      from: {},
      to: { path: '^src/(?:main|cli)\\.ts$' },
    },
    {
      name: 'only-the-command-line-imports-its-commands',
      severity: 'error',
      comment: 'A command puts rules together for who has the machine; what a server needs as well is a rule.',
      from: { path: '^src/', pathNot: '^src/cli(?:\\.ts$|/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'commands-know-no-graphql',
      severity: 'error',
      comment: 'rule < command: the command line reaches rules directly, as a resolver does.',
      from: { path: '^src/cli/' },
      to: { path: ['^src/(?:graphql|http)/', graphqlFile, packages('graphql', 'type-graphql', '@apollo', 'dataloader', 'fastify', '@fastify')] },
    },
    door('commander', ['commander'], '^src/cli(?:\\.ts$|/)'),
    ...features.map((name, place) => ({
      name: `order-of-features-${name}`,
      severity: 'error',
      comment: `Features build on each other in one order; ${name} imports only those before it.`,
      from: { path: `^src/${name}/` },
      to: { path: `^src/${anyOf(features.slice(place + 1))}/` },
    })).slice(0, -1),
    door('argon2', ['argon2'], '^src/crypto/password-hash\\.ts$'),
    door('otplib', ['otplib', '@otplib'], '^src/crypto/totp\\.ts$'),
    door('qrcode', ['qrcode'], '^src/crypto/qr-code\\.ts$'),
    door('node-crypto', ['(?:node:)?crypto'], '^src/crypto/'),
    door('nodemailer', ['nodemailer'], '^src/mail/'),
    door('process', ['(?:node:)?process'], '^src/config\\.ts$'),
    door('pglite', ['@electric-sql', '@mikro-orm/pglite'], '^src/database/'),
    door('pg', ['pg', 'pg-pool', 'pg-native', '@mikro-orm/postgresql'], '^src/database/'),
    door('fastify', ['fastify', '@fastify', '@as-integrations'], '^src/http/|^src/app\\.ts$'),
    door('apollo', ['@apollo'], '^src/graphql/(?:apollo|mask-errors|document-limits)\\.ts$|^src/http/(?:apollo-handler|graphql-endpoint)\\.ts$'),
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
      comment: 'Production installs no development dependencies, and a package that package.json does not name may be gone tomorrow.',
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
