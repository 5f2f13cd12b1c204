import type { CodegenConfig } from '@graphql-codegen/cli';

type Generated = CodegenConfig['generates'][string];

/** Generates types for all documents in a folder from the public schema. */
const typesOf = (folder: string, ...more: string[]) =>
  ({
    preset: 'client',
    documents: [`${folder}/**/*.{ts,tsx}`, `!${folder}/**/generated/**`, ...more],
    presetConfig: { fragmentMasking: false },
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { DateTime: 'string', ID: 'string', EmailAddress: 'string', BigInt: 'number | string' },
    },
  }) satisfies Generated;

/** Generates only the types of the operations in a folder. */
const operationTypesOf = (folder: string) =>
  ({
    plugins: ['typescript-operations'],
    documents: [`${folder}/*.ts`],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { DateTime: 'string', ID: 'string', JSON: 'unknown', EmailAddress: 'string', BigInt: 'number | string' },
    },
  }) satisfies Generated;

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    // Documents of the tests, and of the web app.
    'test/support/generated/': typesOf('test'),
    'web/src/generated/': typesOf('web/src'),
    // The client has no dependencies: its documents are texts.
    'packages/client/src/generated/operations.ts': operationTypesOf('packages/client/src'),
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.js',
};

export default config;
