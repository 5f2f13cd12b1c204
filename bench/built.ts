/** Imports a module of the built Postern with the types of its source. */
const built = <Module>(file: string) => import(`../dist/${file}`) as Promise<Module>;

export const { startUp } = await built<typeof import('../src/server/start-up.js')>('server/start-up.js');
export const { loadConfig } = await built<typeof import('../src/config/config.js')>('config/config.js');
export const { createLogger } = await built<typeof import('../src/telemetry/logger.js')>('telemetry/logger.js');
export const { parseKeyRing } = await built<typeof import('../src/crypto/key-ring.js')>('crypto/key-ring.js');
export const { fork } = await built<typeof import('../src/database/connection/database.js')>(
  'database/connection/database.js',
);
export const { migrate } =
  await built<typeof import('../src/database/migrate/migrate.js')>('database/migrate/migrate.js');
export const { openPostgresql } = await built<typeof import('../src/database/connection/postgresql.js')>(
  'database/connection/postgresql.js',
);
export const { toMicros, signEvent } = await built<typeof import('../src/features/security-event/event-digest.js')>(
  'features/security-event/event-digest.js',
);
export const { sealEvents } = await built<typeof import('../src/features/security-event/seal-events.js')>(
  'features/security-event/seal-events.js',
);
export const { verifyEvents } = await built<typeof import('../src/features/security-event/verify-events.js')>(
  'features/security-event/verify-events.js',
);
export const { createPartitions, formatMonth, toMonth } = await built<
  typeof import('../src/database/partition/monthly-partitions.js')
>('database/partition/monthly-partitions.js');
export const { minimumIdAt } =
  await built<typeof import('../src/database/connection/id.js')>('database/connection/id.js');
export const { pagesByOwner, rowsByOwner } = await built<typeof import('../src/graphql-kit/relay/rows-by-owner.js')>(
  'graphql-kit/relay/rows-by-owner.js',
);
export const { findUsageLogs } = await built<typeof import('../src/features/usage/find-usage-logs.js')>(
  'features/usage/find-usage-logs.js',
);
export const { findUsageSums } = await built<typeof import('../src/features/usage/find-usage-sums.js')>(
  'features/usage/find-usage-sums.js',
);
export const { findUsageShares } = await built<typeof import('../src/features/usage/find-usage-shares.js')>(
  'features/usage/find-usage-shares.js',
);
export const { calendarPeriodsIn } = await built<typeof import('../src/calendar-period.js')>('calendar-period.js');
export const { fromGlobalId, toGlobalId } =
  await built<typeof import('../src/rules/global-id.js')>('rules/global-id.js');
export const { countUsers, findUsers } = await built<typeof import('../src/features/administration/find-users.js')>(
  'features/administration/find-users.js',
);
export const { hashToken, newToken } = await built<typeof import('../src/crypto/token.js')>('crypto/token.js');
export const { newCallKey } = await built<typeof import('../src/crypto/call-key.js')>('crypto/call-key.js');
export const { sweep } = await built<typeof import('../src/server/sweeps.js')>('server/sweeps.js');
export const { registerKeys } =
  await built<typeof import('../src/encryption/key-canaries.js')>('encryption/key-canaries.js');
