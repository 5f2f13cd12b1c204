import { createKey, deleteKey } from '../call-keys.ts';
import { checkAfterFault, checkUser, verifyKey } from '../check-user.ts';
import type { Key, SoakUser } from '../user.ts';
import { signUp } from '../sign-in.ts';
import { settled, tookEffect, type World } from '../world.ts';

const KEYS = 2;

async function isValid(world: World, secret: string): Promise<boolean> {
  const reply = await verifyKey(world, secret);
  return reply.state === 'DONE' && reply.data['verifyCallKey'].valid === true;
}

async function expectValid(world: World, secret: string, must: boolean, what: string): Promise<void> {
  if ((await isValid(world, secret)) !== must) world.api.found('WRONG', what);
}

/** Reads whether a key is valid, once nothing is in progress. */
const settledValid = (world: World, secret: string) =>
  settled(() => verifyKey(world, secret)).then(
    (reply) => reply.state === 'DONE' && reply.data['verifyCallKey'].valid === true,
  );

async function setStatus(world: World, user: SoakUser, key: Key, status: 'ACTIVE' | 'DISABLED'): Promise<void> {
  const reply = await world.api.mutate('updateCallKey', 'callKey { status }', { id: key.id, status }, user.token);
  const must = status === 'ACTIVE';
  const isDone = await tookEffect(
    world,
    reply,
    'a change of a call key',
    async () => (await settledValid(world, key.secret)) === must,
  );
  if (!isDone) return;
  key.state = status;
  await expectValid(world, key.secret, must, `a call key that is ${status} is not`);
}

/** Replaces the secret. @returns whether the new one is known */
async function rotate(world: World, user: SoakUser, key: Key): Promise<boolean> {
  const reply = await world.api.mutate('rotateCallKey', 'key', { id: key.id, graceHours: 0 }, user.token);
  const previous = key.secret;
  const isRotated = async () => !(await settledValid(world, previous));
  if (!(await tookEffect(world, reply, 'a rotation of a call key', isRotated))) return true;
  world.api.ledger.event('CALL_KEY_ROTATED', user.id);
  key.ended.push(previous);
  if (reply.state !== 'DONE') return false;
  key.secret = reply.data['key'] as string;
  await expectValid(world, previous, false, 'a secret of a call key works after its rotation');
  await expectValid(world, key.secret, true, 'the new secret of a call key does not work');
  return true;
}

/** A user who creates, changes, rotates and deletes call keys, while a gateway asks about them. */
export async function liveCallKeys(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  for (let number = 0; number < KEYS; number += 1) {
    const key = await createKey(world, user);
    await expectValid(world, key.secret, true, 'a new call key does not work');
    await setStatus(world, user, key, 'DISABLED');
    await checkAfterFault(world, user);
    if (key.state === 'DISABLED') await setStatus(world, user, key, 'ACTIVE');
    await checkAfterFault(world, user);
    const isKnown = key.state !== 'ACTIVE' || (await rotate(world, user, key));
    await world.pause();
    if (number > 0 && isKnown) continue;
    await deleteKey(world, user, key.id);
    world.api.ledger.event('CALL_KEY_DELETED', user.id);
    key.state = 'DELETED';
    await expectValid(world, key.secret, false, 'a deleted call key works');
  }
  await checkUser(world, user);
  return user;
}
