import suite from './unit.config.js';

/** Whole processes: starts, stops and the command line, always on the embedded database. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/{process,cli}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.(race|timing|load|long)\\.test\\.ts$'],
  testTimeout: 120_000,
};
