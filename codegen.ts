import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for every document that the tests send, made from the public schema. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['test/**/*.ts', '!test/support/generated/**'],
  generates: {
    'test/support/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTime: 'string', ID: 'string' } },
    },
  },
  emitLegacyCommonJSImports: false,
  importExtension: '.js',
};

export default config;
