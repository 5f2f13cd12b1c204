import { callKeyLoader } from '../../features/call-key/call-keys.loader.js';
import { toCallKey } from '../../features/call-key/call-key.type.js';
import { requireViewer, type Context } from '../../graphql-kit/context.js';
import { badUserInput } from '../../graphql-kit/errors.js';
import { fromGlobalId } from '../../rules/global-id.js';
import type { Viewer } from '../../rules/viewer.js';
import { findVisibleUser, readsAll, readsOwn } from '../auth/visible-accounts.js';
import { MAXIMUM_LIST_ENTRIES } from '../limits/variable-limits.js';
import type { EntityType, Representation } from './representation.js';

type FindEntity = (uuid: string, context: Context, viewer: Viewer) => Promise<object | null>;

/** Finds an entity by its row ID, in one statement for all of a request; null if the viewer may not see it. */
const finders: Readonly<Record<EntityType, FindEntity>> = {
  User: findVisibleUser,
  // Administrators read the keys of others in a session, as `User.callKeys` allows.
  CallKey: async (uuid, context, viewer) => {
    const callKey = await callKeyLoader(context).load(uuid);
    const isOwn = callKey?.accountId === viewer.accountId;
    const isVisible = isOwn ? readsOwn(viewer, 'KEYS_READ') : readsAll(context, null);
    return callKey && isVisible ? toCallKey(callKey) : null;
  },
};

/**
 * Finds the entities that a router refers to, in the same order. Those that are unknown or
 * that the viewer may not see are null.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 100
 */
export function findEntities(
  representations: readonly Representation[],
  context: Context,
): readonly (Promise<object | null> | null)[] {
  if (representations.length > MAXIMUM_LIST_ENTRIES)
    throw badUserInput(`A request can have at most ${MAXIMUM_LIST_ENTRIES} representations.`);
  const viewer = requireViewer(context);
  return representations.map(({ __typename, id }) => {
    const uuid = fromGlobalId(__typename, id);
    return uuid === null ? null : finders[__typename](uuid, context, viewer);
  });
}
