const onPostgresql = Boolean(process.env.TEST_DATABASE_URL);

/** @type {import('jest').Config} */
export default {
  rootDir: '../..',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/(process|cli|browser|examples|prometheus|deploy)/',
    '\\.(race|timing|load|long)\\.test\\.ts$',
    ...(onPostgresql ? [] : ['\\.postgresql\\.test\\.ts$']),
  ],
  testEnvironment: '<rootDir>/test/jest/environment.js',
  testRunner: '<rootDir>/test/jest/runner.js',
  ...(onPostgresql ? { filter: '<rootDir>/test/jest/needs-database.js' } : {}),
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2022',
          transform: { legacyDecorator: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/jest/global-setup.js',
  globalTeardown: '<rootDir>/test/jest/global-teardown.js',
  setupFilesAfterEnv: ['reflect-metadata', '<rootDir>/test/jest/matchers.ts'],
  testTimeout: 30_000,
  maxWorkers: 2,
  roots: ['<rootDir>/test'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  reporters: ['default', '<rootDir>/test/jest/count-reporter.js'],
};
