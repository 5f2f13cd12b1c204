import type { ApolloServerPlugin } from '@apollo/server';
import type { Config } from '../../config/config.js';
import { seconds } from '../../duration.js';
import type { Context } from '../../graphql-kit/context.js';
import { addressBucket } from '../../net/ip-address.js';
import { OverloadedError } from '../../rules/overloaded.js';
import { toUnavailable } from '../errors/unavailable.js';
import { FairQueue } from './fair-queue.js';
import { getWorkKind, type WorkKind } from './work-kind.js';

/** The longest wait for a turn. */
const WAIT_MS = seconds(5);

/** Requests with a password: enough to prepare the next hashes while the current ones are computed. */
const RUNNING_PASSWORDS = 8;

/** Changes and reports: together fewer than the connections of the pool, so that none waits for a connection. */
const RUNNING_CHANGES = 5;
const RUNNING_REPORTS = 3;

/** Changes of one account wait for each other at its row, so more of them would only hold connections. */
const RUNNING_CHANGES_PER_KEY = 2;

type Admission = (context: Context, kind: WorkKind) => Promise<() => void>;

/**
 * Limits the operations that run at the same time in this process, by kind and account, before they use the database.
 * Beyond the limits, callers get SERVICE_UNAVAILABLE, and no attempt is counted (D-11).
 */
export function admitOperations(capacity: Config['capacity']): ApolloServerPlugin<Context> {
  const admit = createAdmission(capacity);
  return {
    requestDidStart: () => {
      let leave = () => {};
      return Promise.resolve({
        didResolveOperation: async ({ operation, document, contextValue }) => {
          if (!operation) return;
          const kind = getWorkKind(operation, document, contextValue.viewer);
          leave = await admit(contextValue, kind).catch(toUnavailable);
        },
        willSendResponse: () => Promise.resolve(leave()),
      });
    },
  };
}

function createAdmission({ requestsPerAccount, waitingSignIns, waitingChanges }: Config['capacity']): Admission {
  const queues: Readonly<Record<WorkKind, FairQueue | null>> = {
    READ: null,
    PASSWORD: new FairQueue({
      running: RUNNING_PASSWORDS,
      runningPerKey: RUNNING_PASSWORDS,
      waiting: waitingSignIns,
      waitMs: WAIT_MS,
    }),
    CHANGE: new FairQueue({
      running: RUNNING_CHANGES,
      runningPerKey: RUNNING_CHANGES_PER_KEY,
      waiting: waitingChanges,
      waitMs: WAIT_MS,
    }),
    REPORT: new FairQueue({
      running: RUNNING_REPORTS,
      runningPerKey: RUNNING_REPORTS,
      waiting: waitingChanges,
      waitMs: WAIT_MS,
    }),
  };
  const requestsByAccount = new Map<string, number>();
  return async ({ viewer, caller }, kind) => {
    const leaveAccount =
      viewer && viewer.role !== 'SERVICE'
        ? enterAccount(requestsByAccount, viewer.accountId, requestsPerAccount)
        : () => {};
    try {
      const leaveQueue = await queues[kind]?.enter(viewer?.accountId ?? addressBucket(caller.ip));
      return () => {
        leaveAccount();
        leaveQueue?.();
      };
    } catch (error) {
      leaveAccount();
      throw error;
    }
  };
}

/** Counts a request of an account. @returns a function to call once, when it is done */
function enterAccount(requests: Map<string, number>, accountId: string, maximum: number): () => void {
  const current = requests.get(accountId) ?? 0;
  if (current >= maximum) throw new OverloadedError('too many requests of one account');
  requests.set(accountId, current + 1);
  return () => {
    const left = (requests.get(accountId) ?? 1) - 1;
    if (left > 0) requests.set(accountId, left);
    else requests.delete(accountId);
  };
}
