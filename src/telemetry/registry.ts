import { collectDefaultMetrics, Counter, Gauge, Registry, type Metric } from 'prom-client';
import { attempts, queuedMails, securityEvents, signIns } from './account-metrics.js';
import { addFigures, type Figures } from './figures.js';
import { gauge } from './gauge.js';
import type { RequestMetrics } from './request-metrics.js';
import { statementTotals } from './statements.js';
import { transactionRetries } from './transaction-retries.js';
import { webhookDeliveries } from './webhook-metrics.js';

/** The connections for changes of a process. */
export interface PoolState {
  readonly inUse: number;
  readonly idle: number;
  /** Changes that wait for a connection. */
  readonly waiting: number;
  /** Changes that got none in time, since the start. */
  readonly timeouts: number;
}

/** Values that are read when metrics are requested. Times are in seconds. */
export interface MetricSources {
  /** The number of emails that could not be sent. */
  readonly failedMails: () => Promise<number>;
  /** How far the clock of this machine is ahead of the database's. */
  readonly clockDifferenceSeconds: () => number;
  readonly waitingHashes: () => number;
  readonly pool: () => PoolState;
  /** Null if they can't be read. */
  readonly figures: () => Promise<Figures | null>;
  readonly encryptionKeys: number;
  /** NaN if it is unknown. */
  readonly encryptionKeySeconds: () => number;
  readonly requests: RequestMetrics;
  /** Counters of other parts. */
  readonly others: readonly Metric[];
}

/** Counters of this process that rules count in. */
const processCounters = [transactionRetries, securityEvents, signIns, attempts, queuedMails, webhookDeliveries];

/** All metrics of a process. No label contains user data. */
export function createRegistry(sources: MetricSources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { requests, durations, hashWaits } = sources.requests;
  for (const metric of [requests, durations, hashWaits, ...processCounters]) registry.registerMetric<string>(metric);
  for (const metric of sources.others) registry.registerMetric(metric);
  addProcessGauges(registry, sources);
  addPool(registry, sources.pool);
  addFigures(registry, sources.figures);
  addStatements(registry);
  return registry;
}

function addProcessGauges(registry: Registry, sources: MetricSources): void {
  gauge(
    registry,
    'postern_mail_failed',
    'Emails that could not be sent, up to 1,000. List them with "postern mail failed".',
    sources.failedMails,
  );
  gauge(
    registry,
    'postern_clock_difference_seconds',
    'How far the clock of this machine is ahead of the database’s. Beyond a minute, the process is not ready.',
    sources.clockDifferenceSeconds,
  );
  gauge(
    registry,
    'postern_password_hashes_waiting',
    'Password hashes that wait for their turn.',
    sources.waitingHashes,
  );
  gauge(
    registry,
    'postern_encryption_keys',
    'Encryption keys of this process. More than one means that a rotation is not complete.',
    () => sources.encryptionKeys,
  );
  gauge(
    registry,
    'postern_encryption_key_age_seconds',
    'Age of the newest encryption key by the date in its ID, in seconds; NaN if its ID has none.',
    sources.encryptionKeySeconds,
  );
}

function addPool(registry: Registry, pool: MetricSources['pool']): void {
  new Gauge({
    name: 'postern_database_connections',
    help: 'Connections for changes, by state: in_use, or idle. The embedded database has none.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      const { inUse, idle } = pool();
      this.set({ state: 'in_use' }, inUse);
      this.set({ state: 'idle' }, idle);
    },
  });
  gauge(registry, 'postern_database_changes_waiting', 'Changes that wait for a connection.', () => pool().waiting);
  new Counter({
    name: 'postern_database_connection_timeouts_total',
    help: 'Changes that got no connection in time.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(pool().timeouts);
    },
  });
}

function addStatements(registry: Registry): void {
  const add = (name: string, help: string, valueOf: (total: ReturnType<typeof statementTotals>[number]) => number) =>
    new Counter({
      name,
      help,
      labelNames: ['statement'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const total of statementTotals()) this.inc({ statement: total.name }, valueOf(total));
      },
    });
  add('postern_database_statements_total', 'SQL statements, by name.', ({ count }) => count);
  add(
    'postern_database_statement_seconds_total',
    'Time of SQL statements, by name, in seconds.',
    (total) => total.seconds,
  );
}
