import suite from './unit.config.js';

/**
 * Races between two server processes on one PostgreSQL. The embedded database runs one statement at a time, so it has
 * none.
 */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.race.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
