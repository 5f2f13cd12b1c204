import type { CodegenConfig } from '@graphql-codegen/cli';

type Generated = CodegenConfig['generates'][string];

/** Types for every document of some files, made from the public schema. */
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
    // What the tests send, and what the page sends.
    'test/support/generated/': typesOf('test'),
    'web/src/generated/': typesOf('web/src'),
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.js',
};

export default config;
