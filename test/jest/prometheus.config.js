import suite from './unit.config.js';

/** The metrics, alerts and dashboard in Debian's Prometheus. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/prometheus/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
