import suite from './unit.config.js';

/** Volume, overload and the soak, outside of CI and one after the other. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.load.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
