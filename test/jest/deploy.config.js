import suite from './unit.config.js';

/** The files in deploy/ and compose.yaml, in the programs they are for: systemd-analyze, nginx, Caddy. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/deploy/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.race\\.test\\.ts$'],
  testTimeout: 120_000,
};
