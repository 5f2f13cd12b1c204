import type { ApolloServerPlugin } from '@apollo/server';
import type { Config } from '../../config/config.js';
import type { Context } from '../../graphql-kit/context.js';
import { OverloadedError } from '../../rules/overloaded.js';
import type { Viewer } from '../../rules/viewer.js';
import { toUnavailable } from '../errors/unavailable.js';
import { createQueues } from './admission-queues.js';
import { getWorkKind, type WorkKind } from './work-kind.js';

/**
 * Limits the operations that run at the same time in this process, by kind and account, before they use the database.
 * Beyond the limits, callers get SERVICE_UNAVAILABLE, and no attempt is counted (D-11).
 */
export function admitOperations(capacity: Config['capacity']): ApolloServerPlugin<Context> {
  const admit = createAdmission(capacity);
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
function createAdmission(capacity: Config['capacity']): (context: Context, kind: WorkKind) => Promise<() => void> {
  const enterQueue = createQueues(capacity);
  const counts = new Map<string, number>();
  return async (context, kind) => {
    const leaves: (() => void)[] = [];
    const leave = () => leaves.forEach((one) => one());
    try {
      for (const [key, maximum] of limitsOf(context.viewer, capacity)) leaves.push(enter(counts, key, maximum));
      leaves.push(await enterQueue(context, kind));
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** The limits of a viewer. One session has half of its account's, so that a stolen one can't keep its owner out. */
function limitsOf(viewer: Viewer | null, { requestsPerAccount }: Config['capacity']): (readonly [string, number])[] {
  if (viewer === null || viewer.role === 'SERVICE') return [];
  const credential = viewer.credential === 'SESSION' ? viewer.sessionId : 'API_TOKEN';
  return [
    [`${viewer.accountId}:${credential}`, Math.ceil(requestsPerAccount / 2)],
    [viewer.accountId, requestsPerAccount],
  ];
}

/** Counts a request of a key. @returns a function to call once, when it is done */
function enter(counts: Map<string, number>, key: string, maximum: number): () => void {
  const current = counts.get(key) ?? 0;
  if (current >= maximum) throw new OverloadedError('too many requests of one account');
  counts.set(key, current + 1);
  return () => {
    const left = (counts.get(key) ?? 1) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
}
