import removeTemplate from './global-teardown.js';

/** Stops PgBouncer and removes the template. */
export default async function removePooler() {
  await globalThis.pgbouncer.stop();
  await removeTemplate();
}
