// type-graphql's decorators require this import before the first of them runs.
import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import { createRateLimits, noRateLimits } from '../features/attempt/rate-limits.js';
import { deleteApiTokenCiphertexts } from '../features/api-token/delete-api-token-ciphertexts.js';
import { createCallKeyUses } from '../features/call-key/call-key-uses.js';
import type { Config } from '../config/config.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createPasswordHashing } from '../crypto/password-hash.js';
import { fork, type Database } from '../database/connection/database.js';
import { databaseReadiness } from '../database/connection/database-readiness.js';
import { MachineClock, clockReadiness } from '../database/connection/machine-clock.js';
import { createApollo } from '../graphql/apollo.js';
import { createBackgroundWork } from '../rules/background-work.js';
import type { Dependencies } from '../http/request/create-context.js';
import { startMailWorker } from '../features/mail/delivery/mail-worker.js';
import { composeMail } from './mail-composers.js';
import { warnOfIgnoredForwarding } from '../http/request/ignored-forwarding.js';
import { serveGraphql } from '../http/routes/graphql-endpoint.js';
import { serveDevMail } from '../http/routes/dev-mail.js';
import { serveMetrics } from '../http/routes/metrics.js';
import { serveHealth } from '../http/routes/health.js';
import { createHttpServer } from '../http/server.js';
import { serveWebApp } from '../http/routes/web-app.js';
import { createRejectionCounters } from '../graphql/errors/rejections.js';
import { runAll } from '../rules/run-all.js';
import { secondFactors } from './second-factors.js';
import { endpointsOf, listenAt } from '../http/listen.js';
import { startSchedule } from './schedule.js';
import { watchClock } from './watch-clock.js';
import type { Logger } from '../telemetry/logger.js';
import type { ReadinessPart } from '../telemetry/readiness.js';

/** A Postern server. It doesn't close its database. */
export interface App {
  readonly server: FastifyInstance;
  /** The separate server for metrics; null if `server` serves them. */
  readonly metricsServer: FastifyInstance | null;
  readonly dependencies: Dependencies;
  /** @returns the address that it listens on */
  listen(): Promise<string>;
  /**
   * Stops accepting requests, finishes those in progress, and waits for background work.
   *
   * @throws {AggregateError} that names every step that failed, after all of them
   */
  close(): Promise<void>;
  /** Makes a `close` in progress cut off the requests that it waits for. */
  cutOffRequests(): void;
}

/** Creates a server that uses an open database. */
export async function createApp(
  config: Config,
  database: Database,
  logger: Logger,
  clock: () => Date = () => new Date(),
): Promise<App> {
  const background = createBackgroundWork(logger);
  const keys = openKeyRing(config, clock());
  const rejections = createRejectionCounters();
  const rateLimits = config.limits
    ? createRateLimits(database.client, (limit) => rejections.limits.inc({ limit }))
    : noRateLimits;
  const machineClock = new MachineClock(database);
  const stopWatchingClock = await watchClock(machineClock, logger);
  const mayWork = () => machineClock.isRight && database.diskSpace?.isLow !== true;
  const mail = await startMailWorker({ config, database, logger, clock, keys, rateLimits, mayWork }, composeMail);
  const callKeyUses = createCallKeyUses(() => fork(database), background);
  const dependencies = {
    config,
    database,
    logger,
    background,
    clock,
    keys,
    rateLimits,
    secondFactors,
    mail: mail.mailbox,
    callKeyUses,
    passwords: await createPasswordHashing(config.argon2),
  };
  const apollo = createApollo(config, logger, rejections);
  await apollo.start();
  const server = await createHttpServer(config, logger);
  warnOfIgnoredForwarding(server, logger);
  serveGraphql(server, apollo, dependencies);
  serveHealth(server, readinessParts(database, machineClock));
  serveWebApp(server, config.publicUrl);
  const metricsServer = config.metrics.port === null ? null : await createHttpServer(config, logger);
  serveMetrics(metricsServer ?? server, config, {
    rejections,
    failedMails: async () => (await mail.failed()).length,
    clockDifferenceMs: () => machineClock.differenceMs,
  });
  if (config.environment !== 'production') {
    const { serveExplorer } = await import('../http/routes/explorer.js');
    serveExplorer(server);
    serveDevMail(server, mail.captured);
  }
  if (!config.apiTokenViewable) background.start(deleteApiTokenCiphertexts(fork(database)));
  const servers = metricsServer ? [server, metricsServer] : [server];
  const stopSchedule = startSchedule(dependencies, mayWork);
  return {
    server,
    metricsServer,
    dependencies,
    listen: async () => {
      const { api, metrics } = endpointsOf(config);
      await (metricsServer && listenAt(metricsServer, metrics));
      return listenAt(server, api);
    },
    close: async () => {
      stopSchedule();
      stopWatchingClock();
      await runAll('stop', {
        requests: () => Promise.all(servers.map((listener) => listener.close())),
        apollo: () => apollo.stop(),
        background: () => background.whenIdle(),
        callKeyUses: () => callKeyUses.stop(),
        mail: () => mail.close(),
      });
    },
    cutOffRequests: () => servers.forEach((listener) => listener.server.closeAllConnections()),
  };
}

/** What a process needs to serve requests. */
const readinessParts = (database: Database, clock: MachineClock): ReadinessPart[] => [
  databaseReadiness(database),
  clockReadiness(clock),
  ...(database.diskSpace ? [database.diskSpace] : []),
];
