import suite from './unit.config.js';

/** Statistics over many samples, which a busy machine upsets: run them on a quiet one, outside of CI. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.timing.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
