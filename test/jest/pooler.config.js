import suite from './unit.config.js';

/**
 * The core of the suite through PgBouncer with `pool_mode = transaction`, on the PostgreSQL server that
 * TEST_DATABASE_URL names.
 */
export default {
  ...suite,
  testMatch: [
    '<rootDir>/test/features/{account,api-token,password,session,sign-in,sign-up,two-factor,usage,username}/*.test.ts',
  ],
  globalSetup: '<rootDir>/test/jest/pooler-setup.js',
  globalTeardown: '<rootDir>/test/jest/pooler-teardown.js',
};
