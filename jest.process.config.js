import suite from './jest.config.js';

/** Whole processes: starts, stops and the command line, on the embedded database whatever else is there; the time of a start is measured alone, with the races. */
export default {
  ...suite, testMatch: ['<rootDir>/test/{process,cli}/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/', '\\.(race|timing|load)\\.test\\.ts$', 'start-time'], testTimeout: 120_000,
};
