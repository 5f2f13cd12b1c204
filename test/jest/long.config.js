import suite from './process.config.js';

/**
 * What takes too long for CI or needs the history: much of the web app, every pair of a mutation and an ending, kills,
 * commands on the embedded database, and the previous version.
 */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
