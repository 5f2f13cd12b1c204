import suite from './unit.config.js';

/** The programs in examples/, as processes beside a Postern process, always on the embedded database. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/examples/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
