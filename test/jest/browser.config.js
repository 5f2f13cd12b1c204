import suite from './unit.config.js';

/** Tests of the web app in a real browser, with the real server and a real mail server. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  maxWorkers: 2,
  testTimeout: 120_000,
};
