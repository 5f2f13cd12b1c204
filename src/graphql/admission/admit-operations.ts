import type { ApolloServerPlugin } from '@apollo/server';
import type { Config } from '../../config/config.js';
import type { Context } from '../../graphql-kit/context.js';
import { toUnavailable } from '../errors/unavailable.js';
import type { AccountLimit } from './account-limit.js';
import { createQueues } from './admission-queues.js';
import { getWorkKind, type WorkKind } from './work-kind.js';

/**
 * Limits the operations that run at the same time in this process, by kind and account, before they use the database.
 * Beyond the limits, callers get SERVICE_UNAVAILABLE, and no attempt is counted (D-11).
 */
export function admitOperations(capacity: Config['capacity'], limitAccount: AccountLimit): ApolloServerPlugin<Context> {
  const admit = createAdmission(capacity, limitAccount);
  return {
    requestDidStart: () => {
      const isOver = Promise.withResolvers<void>();
      return Promise.resolve({
        didResolveOperation: async ({ operation, document, contextValue }) => {
          if (!operation) return;
          const kind = getWorkKind(operation, document, contextValue.viewer);
          const leave = await admit(contextValue, kind).catch(toUnavailable);
          // Another plugin may have rejected the request meanwhile: then this runs immediately.
          void isOver.promise.then(leave);
        },
        willSendResponse: () => Promise.resolve(isOver.resolve()),
      });
    },
  };
}

/** Admits an operation. @returns a function to call when it is done */
function createAdmission(
  capacity: Config['capacity'],
  limitAccount: AccountLimit,
): (context: Context, kind: WorkKind) => Promise<() => void> {
  const enterQueue = createQueues(capacity);
  return async (context, kind) => {
    const leaveAccount = limitAccount(context.viewer);
    try {
      const leaveQueue = await enterQueue(context, kind);
      return () => {
        leaveAccount();
        leaveQueue();
      };
    } catch (error) {
      leaveAccount();
      throw error;
    }
  };
}
