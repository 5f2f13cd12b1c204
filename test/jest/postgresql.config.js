import suite from './unit.config.js';

/**
 * What CI runs on PostgreSQL without a pooler: statements that depend on the server most, and every entry point with
 * every caller and text, which takes too long on the embedded database. `TEST_DATABASE_URL=… npm test` runs all.
 */
export default {
  ...suite,
  testMatch: [
    '<rootDir>/test/database/**/*.test.ts',
    '<rootDir>/test/features/{security-event,usage,webhook}/*.test.ts',
    '<rootDir>/test/**/*.postgresql.test.ts',
  ],
  // Deliveries wait for the clock more than they work.
  maxWorkers: 3,
};
