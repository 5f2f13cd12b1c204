import suite from './process.config.js';

/** What takes too long for CI: the commands of `*-commands.race.test.ts` once more, on the embedded database. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
