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

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    // Documents of the tests, and of the web app.
    'test/support/generated/': typesOf('test'),
    'web/src/generated/': typesOf('web/src'),
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.js',
};

export default config;
