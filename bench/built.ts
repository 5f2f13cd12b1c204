/** The built Postern as people run it, with the types of its sources. */
const built = <Module>(file: string) => import(`../dist/${file}`) as Promise<Module>;

export const { startUp } = await built<typeof import('../src/start-up.js')>('start-up.js');
export const { loadConfig } = await built<typeof import('../src/config.js')>('config.js');
export const { createLogger } = await built<typeof import('../src/logger.js')>('logger.js');
export const { parseKeyRing } = await built<typeof import('../src/crypto/key-ring.js')>('crypto/key-ring.js');
export const { fork } = await built<typeof import('../src/database/database.js')>('database/database.js');
export const { migrate } = await built<typeof import('../src/database/migrate.js')>('database/migrate.js');
export const { openPostgresql } = await built<typeof import('../src/database/postgresql.js')>('database/postgresql.js');
export const { microsOf, signEvent } = await built<typeof import('../src/security-event/event-digest.js')>('security-event/event-digest.js');
export const { sealEvents } = await built<typeof import('../src/security-event/seal-events.js')>('security-event/seal-events.js');
export const { verifyEvents } = await built<typeof import('../src/security-event/verify-events.js')>('security-event/verify-events.js');
export const { monthOf, makePartitions, monthName } = await built<typeof import('../src/database/monthly-partitions.js')>('database/monthly-partitions.js');
export const { beforeIdsOf } = await built<typeof import('../src/database/id.js')>('database/id.js');
export const { usageLogsLoader } = await built<typeof import('../src/usage/usage-logs.loader.js')>('usage/usage-logs.loader.js');
export const { usageSumsLoader } = await built<typeof import('../src/usage/usage-sums.loader.js')>('usage/usage-sums.loader.js');
export const { fromGlobalId } = await built<typeof import('../src/graphql/global-id.js')>('graphql/global-id.js');
export const { countUsers, findUsers } = await built<typeof import('../src/administration/find-users.js')>('administration/find-users.js');
