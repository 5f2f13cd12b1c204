import suite from './unit.config.js';

/** Whole processes: starts, stops and the command line, on the embedded database whatever else is there. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/{process,cli}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.(race|timing|load)\\.test\\.ts$'],
  testTimeout: 120_000,
};
