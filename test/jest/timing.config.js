import suite from './unit.config.js';

/** Statistics over many samples, which other load disturbs. Run them on a quiet machine, outside of CI. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.timing.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
