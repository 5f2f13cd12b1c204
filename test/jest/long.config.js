import suite from './process.config.js';

/** What takes too long for CI or needs the history: much of the web app, commands on the embedded database, and the previous version. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
