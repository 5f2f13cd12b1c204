import suite from './unit.config.js';

/** Volume and overload tests, outside of CI. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.load.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
