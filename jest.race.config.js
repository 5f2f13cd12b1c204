import suite from './jest.config.js';

/**
 * Races: two server processes on one PostgreSQL, which the embedded database cannot show (it runs one statement at a time).
 * And the time of a start, which means something only with no other test beside it.
 */
export default {
  ...suite, testMatch: ['<rootDir>/test/**/*.race.test.ts', '<rootDir>/test/process/start-time.test.ts'], testPathIgnorePatterns: ['/node_modules/'], maxWorkers: 1, testTimeout: 120_000,
};
