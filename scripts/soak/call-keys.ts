import type { Key, SoakUser } from './user.ts';
import { settled, tookEffect, type World } from './world.ts';

let names = 0;

async function findKey({ api }: World, user: SoakUser, name: string): Promise<string | null> {
  const query =
    'query ($search: String) { me { callKeys(first: 5, filter: { search: $search }) { edges { node { id } } } } }';
  const reply = await settled(() => api.query(query, { search: name }, user.token));
  if (reply.state === 'REFUSED' || !reply.data['me']) {
    api.found('LOST', `the session of ${user.username} is not valid`);
    return null;
  }
  return (reply.data['me'].callKeys.edges[0]?.node.id as string | undefined) ?? null;
}

/** Deletes a call key. */
export async function deleteKey(world: World, user: SoakUser, id: string): Promise<void> {
  for (;;) {
    const reply = await world.api.mutate('deleteCallKeys', 'deletedIds', { ids: [id] }, user.token);
    if (reply.state === 'REFUSED' && reply.codes.includes('NOT_FOUND')) return;
    const isGone = async () => {
      const node = await settled(() =>
        world.api.query('query ($id: ID!) { node(id: $id) { id } }', { id }, user.token),
      );
      return node.state === 'DONE' && node.data['node'] === null;
    };
    if (await tookEffect(world, reply, 'deleting a call key', isGone)) return;
  }
}

/** Creates a call key. One whose secret was lost with the answer is deleted. */
export async function createKey(world: World, user: SoakUser, settings: object = {}): Promise<Key> {
  const { api } = world;
  for (;;) {
    const name = `key ${(names += 1)}`;
    const reply = await api.mutate('createCallKey', 'key callKey { id }', { name, ...settings }, user.token);
    const found = { id: null as string | null };
    const isDone = await tookEffect(world, reply, 'a new call key', async () => {
      found.id = await findKey(world, user, name);
      return found.id !== null;
    });
    if (!isDone) continue;
    api.ledger.event('CALL_KEY_CREATED', user.id);
    if (reply.state === 'DONE') {
      const { key, callKey } = reply.data;
      const made: Key = { id: callKey.id as string, secret: key as string, ended: [], state: 'ACTIVE', charged: 0 };
      user.keys.push(made);
      return made;
    }
    if (found.id !== null) await deleteKey(world, user, found.id);
    api.ledger.event('CALL_KEY_DELETED', user.id);
  }
}
