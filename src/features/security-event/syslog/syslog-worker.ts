import { seconds } from '../../../duration.js';
import type { SyslogConfig } from '../../../config/syslog-config.js';
import { fork, type Database } from '../../../database/connection/database.js';
import { startPolling } from '../../../database/queue/start-polling.js';
import { newId } from '../../../database/connection/id.js';
import type { ResolveName } from '../../../net/resolve-name.js';
import { sendSyslog } from '../../../net/send-syslog.js';
import type { Logger } from '../../../telemetry/logger.js';
import { sendBatch } from './send-batch.js';
import { claimStream, hasWork, openStream, releaseStream } from './stream-position.js';

/** How often a process looks for sealed events. */
const POLLING_INTERVAL_MS = seconds(1);

/** How long an attempt may take: less than the lease. */
const ATTEMPT_TIMEOUT_MS = seconds(10);

/** How long a stop waits for an attempt. What it cuts off is sent again. */
const STOP_TIMEOUT_MS = seconds(3);

/** The wait after a failure, which doubles with each further one. */
const FIRST_RETRY_MS = seconds(1);
const LONGEST_RETRY_MS = seconds(60);

interface WorkerDependencies {
  readonly database: Database;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly resolveName: ResolveName;
}

/** Sends sealed events to a syslog receiver. */
export interface SyslogWorker {
  /** Finishes the attempt in progress, for a few seconds, and sends no more. */
  close(): Promise<void>;
}

/**
 * Starts to send sealed events, in their order. One process sends at a time; others take over when it stops or dies
 * (docs/decisions/057-events-to-a-siem.md).
 *
 * @param mayWork while it returns false, this process sends nothing
 */
export function startSyslogWorker(
  receiver: SyslogConfig,
  { database, logger, clock, resolveName }: WorkerDependencies,
  mayWork: () => boolean,
): SyslogWorker {
  const holder = newId(clock());
  const stopped = new AbortController();
  let [isRunning, isOpen, failures, retryAt] = [true, false, 0, 0];
  const address = `${receiver.transport}://${receiver.host}:${receiver.port}`;

  const send = (messages: readonly Buffer[]): Promise<void> =>
    sendSyslog(
      receiver,
      messages,
      resolveName,
      AbortSignal.any([stopped.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
    );

  /** Sends what is sealed. @returns whether the receiver got something */
  const round = async (): Promise<boolean> => {
    const em = fork(database);
    if (!isOpen) await openStream(em);
    isOpen = true;
    if (!(await hasWork(em, holder))) return false;
    let [last, hasSent] = [await claimStream(em, holder), false];
    try {
      while (last && isRunning && mayWork()) {
        last = await sendBatch(fork(database), holder, last, { receiver, send, logger });
        hasSent ||= last !== null;
      }
      return hasSent;
    } finally {
      await releaseStream(fork(database), holder);
    }
  };

  const look = async (): Promise<void> => {
    if (!mayWork() || performance.now() < retryAt) return;
    try {
      if (!(await round())) return;
      if (failures > 0) logger.info({ receiver: address }, 'security events reach the syslog receiver again');
      failures = 0;
    } catch (err) {
      if (stopped.signal.aborted) return;
      // Once, not at every retry.
      if (failures === 0)
        logger.warn({ err, receiver: address }, 'security events were not sent to syslog, will be retried');
      retryAt = performance.now() + Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      failures += 1;
    }
  };

  const stopLooking = startPolling(look, POLLING_INTERVAL_MS);
  return {
    close: async () => {
      isRunning = false;
      const cutOff = setTimeout(() => stopped.abort(), STOP_TIMEOUT_MS);
      await stopLooking();
      clearTimeout(cutOff);
    },
  };
}
