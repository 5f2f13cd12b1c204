import type { Config } from '../../config/config.js';
import { seconds } from '../../duration.js';
import { findDeviceByToken } from '../../features/session/known-device.js';
import type { Context } from '../../graphql-kit/context.js';
import { networkOf } from '../../net/ip-address.js';
import { FairQueue } from './fair-queue.js';
import type { WorkKind } from './work-kind.js';

/** The longest wait for a turn. */
const WAIT_MS = seconds(5);

/**
 * How many run at the same time, and how many of one key. Strangers, known devices, sessions and recovery wait apart,
 * so that a flood of strangers blocks none of the others. Changes and reports together are fewer than the
 * connections of the pool, and changes of one session would wait for each other at their account's row.
 */
const getRunning = (connections: number) => ({
  STRANGER: { running: 6, runningPerKey: 6 },
  KNOWN_DEVICE: { running: 3, runningPerKey: 2 },
  SESSION: { running: 3, runningPerKey: 2 },
  /** One more than the connections for slow reads. */
  ANALYSIS: { running: 3, runningPerKey: 2 },
  RECOVERY: { running: 2, runningPerKey: 2 },
  CHANGE: { running: Math.floor(connections * 0.5), runningPerKey: 2 },
  REPORT: { running: Math.floor(connections * 0.3), runningPerKey: 3 },
});

type QueueName = keyof ReturnType<typeof getRunning>;

/** The queue that an operation waits in, and the key that takes turns there. */
interface Turn {
  readonly queue: QueueName;
  readonly key: string;
  /** The part of the key that takes turns with its others: one session of an account. */
  readonly part: string;
}

/** Waits for the turn of an operation. @returns a function to call when it is done */
export type EnterQueue = (context: Context, kind: WorkKind) => Promise<() => void>;

/** Creates the queues of a process. */
export function createQueues({ waitingSignIns, waitingChanges, connections }: Config['capacity']): EnterQueue {
  const running = getRunning(connections);
  const queue = (name: QueueName, waiting: number) => new FairQueue({ ...running[name], waiting, waitMs: WAIT_MS });
  const queues: Readonly<Record<QueueName, FairQueue>> = {
    STRANGER: queue('STRANGER', waitingSignIns),
    KNOWN_DEVICE: queue('KNOWN_DEVICE', waitingSignIns),
    SESSION: queue('SESSION', waitingSignIns),
    RECOVERY: queue('RECOVERY', waitingSignIns),
    ANALYSIS: queue('ANALYSIS', waitingChanges),
    CHANGE: queue('CHANGE', waitingChanges),
    REPORT: queue('REPORT', waitingChanges),
  };
  return async (context, kind) => {
    if (kind === 'READ') return () => {};
    const turn = await findTurn(context, kind);
    return queues[turn.queue].enter(turn.key, turn.part);
  };
}

/**
 * Networks take turns with passwords, and in each one the known devices or accounts: someone can open many accounts,
 * but rarely has many networks. Accounts take turns with everything else, and in each one its sessions.
 */
async function findTurn(context: Context, kind: Exclude<WorkKind, 'READ'>): Promise<Turn> {
  const { viewer, caller, reader, deviceCookie } = context;
  const network = networkOf(caller.ip) ?? 'nowhere';
  if (viewer) {
    const { accountId } = viewer;
    if (kind === 'PASSWORD') return { queue: 'SESSION', key: network, part: accountId };
    return { queue: kind, key: accountId, part: viewer.credential === 'SESSION' ? viewer.sessionId : accountId };
  }
  if (kind !== 'PASSWORD') return { queue: kind, key: network, part: network };
  const deviceId = await findDeviceByToken(reader, deviceCookie.token);
  return deviceId === null
    ? { queue: 'STRANGER', key: network, part: network }
    : { queue: 'KNOWN_DEVICE', key: network, part: deviceId };
}
