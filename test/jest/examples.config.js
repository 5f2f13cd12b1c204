import suite from './unit.config.js';

/**
 * The programs in examples/, as processes of their own beside a Postern of their own, on the embedded database whatever
 * else is there.
 */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/examples/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
