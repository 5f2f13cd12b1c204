import suite from './unit.config.js';

/** The page in a real browser, against the real server and a real mail server. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
