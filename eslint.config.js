import react from '@eslint-react/eslint-plugin';
import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { docstrings } from './scripts/lint/docstrings.js';

const noRandom = {
  object: 'Math',
  property: 'random',
  message: 'Math.random is predictable. Use src/crypto for secrets, and a counter for variety in tests.',
};
const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Read settings through src/config/config.ts, which validates them.',
};

export default defineConfig(
  globalIgnores(['**/dist/', 'data/', 'coverage/', '**/generated/']),
  {
    files: ['**/*.{ts,tsx,js,cjs}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'no-restricted-properties': ['error', noRandom, noEnvironment],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      // Prettier formats code; this limits comments to the same width.
      'max-len': ['error', { code: 10_000, comments: 120, ignoreUrls: true }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Kysely's expression builders are meant to be destructured: ({ exists, selectFrom }) => …
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Examples run on other machines, without Postern's settings and logger.
    files: ['examples/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    // Product code: every export is documented, and a file fits on one or two screens.
    files: ['src/**/*.ts', 'packages/*/src/**/*.ts', 'web/src/**/*.{ts,tsx}'],
    plugins: { postern: { rules: { docstrings } } },
    rules: {
      'postern/docstrings': 'error',
      // Lines as Prettier formats them, at most 120 columns.
      'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 75, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Dictionaries and tables: one key per line, however many there are.
    files: ['web/src/**/messages-*.ts', 'web/src/language/{en,zh}.ts', 'src/config/settings.ts', 'src/migrations/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Use a named export, so that it has the same name everywhere.',
        },
        {
          selector: 'ExportSpecifier[exported.name="default"]',
          message: 'Use a named export, so that it has the same name everywhere.',
        },
        { selector: 'ExportAllDeclaration', message: 'Import from the file that defines a name.' },
      ],
      'no-restricted-globals': ['error', { name: 'crypto', message: 'Use src/crypto for cryptography.' }],
      'no-restricted-imports': [
        'error',
        {
          paths: ['process', 'node:process'].map((name) => ({
            name,
            importNames: ['env'],
            message: 'Read settings through src/config/config.ts, which validates them.',
          })),
        },
      ],
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    extends: [react.configs['recommended-type-checked'], hooks.configs.flat['recommended-latest']],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Import from the file that defines a name.' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Render content as text.' },
        { selector: 'JSXAttribute[name.name="style"]', message: 'Put styles into style.css.' },
      ],
      'no-restricted-globals': [
        'error',
        ...['localStorage', 'sessionStorage', 'indexedDB'].map((name) => ({
          name,
          message: 'Browser storage is no place for secrets. shell/preferences.ts stores the display preferences.',
        })),
        { name: 'fetch', message: 'Call the server only through GraphQL.' },
      ],
      // The types already rule out what these two rules look for.
      '@eslint-react/no-leaked-conditional-rendering': 'off',
      '@eslint-react/naming-convention-ref-name': 'off',
    },
  },
  // The second one stores when a service was last returned to.
  {
    files: ['web/src/shell/preferences.ts', 'web/src/sign-in/return-destination.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // Exports are files, not GraphQL.
    files: ['web/src/api/download.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // The only reader of the settings, and code that starts processes and passes an environment on.
    files: ['src/config/config.ts', 'bin/**', 'bench/**', 'scripts/**', 'test/**'],
    rules: { 'no-restricted-properties': ['error', noRandom] },
  },
  {
    // HTTP responses are untyped, and a test that finds null where it awaits something fails, as it should.
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/soak/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  { files: ['bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    // `npm run lint:graphql`. Disabled recommended rules: strict-id-in-types (only Node types have an id),
    // no-typename-prefix (it takes User.username for a prefix), relay-page-info (it wants a PageInfo even without a
    // connection; relay-connection-types checks those with one).
    files: ['schema.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/relay-page-info': 'off',
      // A short list is a plain list; a list that can grow without limit is a connection.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      '@graphql-eslint/input-name': [
        'error',
        { checkInputType: true, caseSensitiveInputType: false, checkMutations: true, checkQueries: false },
      ],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ObjectTypeDefinition[name.value="Mutation"] > FieldDefinition:not([gqlType.name.value=/Payload$/])',
          message: 'A mutation returns its own nullable …Payload type, so that an error nulls only that mutation.',
        },
      ],
    },
  },
);
