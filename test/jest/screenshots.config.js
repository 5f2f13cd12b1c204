import suite from './unit.config.js';

/** Takes a screenshot of every view of the web app: `npm run screenshots`. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/browser/screenshots.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 600_000,
  reporters: ['default'],
};
