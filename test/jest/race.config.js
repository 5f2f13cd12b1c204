import suite from './unit.config.js';

/**
 * Races: two server processes on one PostgreSQL, which the embedded database cannot show (it runs one statement at a
 * time).
 */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.race.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
