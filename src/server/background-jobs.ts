import type { Config } from '../config/config.js';
import { fork } from '../database/connection/database.js';
import { REMIND_INTERVAL_MS, remindOfExpiringTokens } from '../features/access-token/remind-of-expiring-tokens.js';
import { ERASE_INTERVAL_MS, eraseDeletedUsers } from '../features/administration/erase-deleted-users.js';
import { deleteApiTokenCiphertexts } from '../features/api-token/delete-api-token-ciphertexts.js';
import { deleteOldEvents } from '../features/security-event/retention/delete-old-events.js';
import { sealAndReport } from '../features/security-event/seal-and-report.js';
import { startSyslogWorker } from '../features/security-event/syslog/syslog-worker.js';
import { retireReservedUsernames } from '../features/username/retired-username.js';
import { startWebhookWorker } from '../features/webhook/delivery/webhook-worker.js';
import type { Dependencies } from '../http/request/create-context.js';
import { SWEEP_INTERVAL_MS, sweep } from './sweeps.js';

type Run = (dependencies: Dependencies) => Promise<unknown>;

/**
 * A job of every process, apart from requests: done at intervals, done once at the start, or a sender that runs until
 * the stop. What it does must happen once, however many processes there are, and whenever one of them dies.
 */
type BackgroundJob =
  | { readonly kind: 'PERIODIC'; readonly intervalMs: (config: Config) => number; readonly run: Run }
  | { readonly kind: 'AT_START'; readonly isNeeded: (config: Config) => boolean; readonly run: Run }
  | {
      readonly kind: 'SENDER';
      /** Null if the settings turn it off. */
      readonly start: (dependencies: Dependencies, mayWork: () => boolean) => { close(): Promise<void> } | null;
    };

/**
 * All background jobs but two, which requests need as well: emails (`mail-worker.ts`) and last uses of call keys. Tests
 * compare the list with what is tested of each with several processes.
 */
export const backgroundJobs: Readonly<Record<string, BackgroundJob>> = {
  sweep: {
    kind: 'PERIODIC',
    intervalMs: () => SWEEP_INTERVAL_MS,
    run: ({ database, databaseClock, config }) => sweep(database, databaseClock(), config),
  },
  erasure: {
    kind: 'PERIODIC',
    intervalMs: () => ERASE_INTERVAL_MS,
    run: ({ database, keys, databaseClock, config }) =>
      eraseDeletedUsers({ em: fork(database), keys, now: databaseClock(), config }),
  },
  reminders: {
    kind: 'PERIODIC',
    intervalMs: () => REMIND_INTERVAL_MS,
    run: ({ database, mail, databaseClock }) => remindOfExpiringTokens(fork(database), mail, databaseClock()),
  },
  eventRetention: {
    kind: 'PERIODIC',
    intervalMs: () => SWEEP_INTERVAL_MS,
    run: ({ database, keys, databaseClock, config, logger }) =>
      deleteOldEvents({ em: fork(database), keys, now: databaseClock(), config, logger }),
  },
  seals: {
    kind: 'PERIODIC',
    intervalMs: ({ eventSealMs }) => eventSealMs,
    run: ({ database, keys, databaseClock, logger }) => sealAndReport(fork(database), keys, databaseClock, logger),
  },
  apiTokenCiphertexts: {
    kind: 'AT_START',
    isNeeded: ({ apiTokenViewable }) => !apiTokenViewable,
    run: ({ database }) => deleteApiTokenCiphertexts(fork(database)),
  },
  retiredUsernames: {
    kind: 'AT_START',
    isNeeded: ({ keepsReleasedUsernames }) => keepsReleasedUsernames,
    run: ({ database, keys, databaseClock }) =>
      retireReservedUsernames({ em: fork(database), keys, now: databaseClock() }),
  },
  webhooks: { kind: 'SENDER', start: startWebhookWorker },
  syslog: {
    kind: 'SENDER',
    start: (dependencies, mayWork) => {
      const { syslog } = dependencies.config;
      return syslog && startSyslogWorker(syslog, dependencies, mayWork);
    },
  },
};

/** The background jobs of a process that runs. */
export interface RunningJobs {
  /** Begins no periodic work anymore; work in progress continues. */
  stopPeriodic(): void;
  /** How to stop each sender, by its name. */
  readonly stopSenders: Readonly<Record<string, () => Promise<void>>>;
}

/**
 * Starts all background jobs.
 *
 * @param dependencies are read for each round
 * @param mayWork whether the clock is right and there is room; otherwise nothing is sent, and periodic work left out
 */
export function startBackgroundJobs(dependencies: Dependencies, mayWork: () => boolean): RunningJobs {
  const { background, config } = dependencies;
  const timers: NodeJS.Timeout[] = [];
  const stopSenders: Record<string, () => Promise<void>> = {};
  for (const [name, job] of Object.entries(backgroundJobs)) {
    if (job.kind === 'PERIODIC') {
      const round = () => {
        if (mayWork()) background.start(job.run(dependencies));
      };
      timers.push(setInterval(round, job.intervalMs(config)).unref());
    } else if (job.kind === 'AT_START') {
      if (job.isNeeded(config)) background.start(job.run(dependencies));
    } else {
      const sender = job.start(dependencies, mayWork);
      if (sender) stopSenders[name] = () => sender.close();
    }
  }
  return { stopPeriodic: () => timers.forEach(clearInterval), stopSenders };
}
