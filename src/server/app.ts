// type-graphql's decorators require this import before the first of them runs.
import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import { createRateLimits, onlyLastingLimits } from '../features/attempt/rate-limits.js';
import { createCallKeyUses } from '../features/call-key/call-key-uses.js';
import type { Config } from '../config/config.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createPasswordHashing } from '../crypto/password-hash.js';
import { fork, type Database } from '../database/connection/database.js';
import { databaseReadiness } from '../database/connection/database-readiness.js';
import { MachineClock, clockReadiness } from '../database/connection/machine-clock.js';
import { createAccountLimit } from '../graphql/admission/account-limit.js';
import { createApollo } from '../graphql/apollo.js';
import { createBackgroundWork } from '../rules/background-work.js';
import type { Dependencies } from '../http/request/create-context.js';
import { startMailWorker } from '../features/mail/delivery/mail-worker.js';
import { composeMail } from './mail-composers.js';
import { closeGracefully } from '../http/drain.js';
import { warnOfIgnoredForwarding } from '../http/request/ignored-forwarding.js';
import { logRequests } from '../http/request/log-requests.js';
import { limitConcurrency } from '../http/request/limit-concurrency.js';
import { serveMetrics } from '../http/routes/metrics.js';
import { serveHealth } from '../http/routes/health.js';
import { createHttpServer } from '../http/server.js';
import { handleNotFound } from '../http/routes/web-app.js';
import { createRejectionCounters } from '../graphql/errors/rejections.js';
import { resolveName } from '../net/resolve-name.js';
import { runAll } from '../rules/run-all.js';
import { metricSources, noteHashWait } from './metric-sources.js';
import { serveDeveloperPages, serveRoutes } from './routes.js';
import { secondFactors } from './second-factors.js';
import { endpointsOf, listenAt } from '../http/listen.js';
import { startBackgroundJobs } from './background-jobs.js';
import { openTracer, traceHashes } from './tracing.js';
import { watchClock } from './watch-clock.js';
import type { Logger } from '../telemetry/logger.js';
import { countRequest, createRequestMetrics } from '../telemetry/request-metrics.js';
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
  const allRateLimits = createRateLimits(database.client, (limit) => rejections.limits.inc({ limit }));
  const rateLimits = config.limits ? allRateLimits : onlyLastingLimits(allRateLimits);
  const requestMetrics = createRequestMetrics();
  const machineClock = new MachineClock(database);
  const stopWatchingClock = await watchClock(machineClock, logger);
  const mayWork = () => machineClock.isRight && machineClock.isSteady && database.diskSpace?.isLow !== true;
  const databaseClock = () => machineClock.toDatabaseTime(clock());
  const tracer = await openTracer(config, logger);
  const mailParts = { config, database, logger, clock: databaseClock, keys, rateLimits, mayWork, tracer };
  const mail = await startMailWorker(mailParts, composeMail);
  const callKeyUses = createCallKeyUses(() => fork(database), background);
  const dependencies = {
    config,
    database,
    logger,
    background,
    clock,
    databaseClock,
    keys,
    rateLimits,
    secondFactors,
    mail: mail.mailbox,
    callKeyUses,
    resolveName,
    passwords: traceHashes(await createPasswordHashing(config.argon2, undefined, noteHashWait(requestMetrics)), tracer),
  };
  const jobs = startBackgroundJobs(dependencies, mayWork);
  const limits = { requests: limitConcurrency(config.capacity.requests), account: createAccountLimit(config.capacity) };
  const apollo = createApollo(config, logger, rejections, limits.account);
  await apollo.start();
  const server = await createHttpServer(config, logger, handleNotFound(config.publicUrl), (created) =>
    logRequests(created, config, logger, (request) => countRequest(requestMetrics, request), tracer),
  );
  warnOfIgnoredForwarding(server, logger);
  await serveRoutes(server, apollo, dependencies, limits);
  serveHealth(server, readinessParts(database, machineClock));
  const metricsServer = config.metrics.port === null ? null : await createHttpServer(config, logger);
  const sources = metricSources(dependencies, { requestMetrics, rejections, mail, machineClock });
  serveMetrics(metricsServer ?? server, config, sources);
  if (config.environment !== 'production') await serveDeveloperPages(server, mail.captured);
  const servers = metricsServer ? [server, metricsServer] : [server];
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
      jobs.stopPeriodic();
      stopWatchingClock();
      await runAll('stop', {
        requests: () => Promise.all(servers.map(closeGracefully)),
        apollo: () => apollo.stop(),
        background: () => background.whenIdle(),
        callKeyUses: () => callKeyUses.stop(),
        ...jobs.stopSenders,
        mail: () => mail.close(),
        traces: () => tracer?.close() ?? Promise.resolve(),
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
