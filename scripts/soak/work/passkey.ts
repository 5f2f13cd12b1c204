import { SoftwareAuthenticator } from '../../../test/support/software-authenticator.js';
import { checkAfterFault, checkUser } from '../check-user.ts';
import type { SoakUser } from '../user.ts';
import { asksForFactor, keepNewSession, replaceToken, signUp } from '../sign-in.ts';
import { mustBeRefused, raceTwice, tookEffect, untilAnswered, type World } from '../world.ts';

/** The origin of POSTERN_PUBLIC_URL. */
const ORIGIN = 'http://localhost:4000';
const SIGN_INS = 3;

/** Adds a passkey. @returns its ID; null if the answer is unknown */
async function addPasskey(world: World, user: SoakUser, device: SoftwareAuthenticator): Promise<string | null> {
  const { api } = world;
  for (;;) {
    const started = await untilAnswered(() =>
      api.mutate('startPasskeyRegistration', 'options', { password: user.password }, user.token),
    );
    if (started.state === 'REFUSED') throw new Error(`startPasskeyRegistration: ${started.codes.join()}`);
    const response = device.register(started.data['options']);
    const reply = await api.mutate('registerPasskey', 'passkey { id } session { token }', { response }, user.token);
    if (!(await tookEffect(world, reply, 'a new passkey', () => asksForFactor(world, user)))) continue;
    api.ledger.event('PASSKEY_ADDED', user.id);
    user.hasFactor = true;
    const data = reply.state === 'DONE' ? reply.data : null;
    if (data) user.backupCodesLeft = 10;
    replaceToken(user, (data?.['session'].token as string | undefined) ?? null);
    return (data?.['passkey'].id as string | undefined) ?? null;
  }
}

async function answerChallenge({ api }: World, device: SoftwareAuthenticator): Promise<object> {
  const started = await untilAnswered(() => api.mutate('startPasskeyLogin', 'options', null));
  if (started.state === 'REFUSED') throw new Error(`startPasskeyLogin: ${started.codes.join()}`);
  return { response: device.answer(started.data['options']), delivery: 'BEARER' };
}

const signInWith = ({ api }: World, answer: object) =>
  api.mutate('loginWithPasskey', 'user { id } session { token }', answer);

/** Signs in with an answer twice at the same time, and with the same answer again. */
async function signInWithPasskey(world: World, user: SoakUser, device: SoftwareAuthenticator): Promise<void> {
  const answer = await answerChallenge(world, device);
  const reply = await raceTwice(world, 'an answer of a passkey opened two sessions', () => signInWith(world, answer));
  if (reply.state === 'REFUSED') return world.api.found('WRONG', `a passkey was refused: ${reply.codes.join()}`);
  if (reply.state !== 'DONE') return;
  if (reply.data['user'].id !== user.id) world.api.found('WRONG', 'a passkey led to another user');
  user.token = reply.data['session'].token as string;
  await mustBeRefused(world, 'TWICE', 'an answer of a passkey worked again', () => signInWith(world, answer));
}

async function deletePasskey(world: World, user: SoakUser, id: string, device: SoftwareAuthenticator): Promise<void> {
  const { api } = world;
  const started = await untilAnswered(() => api.mutate('startPasskeyConfirmation', 'options', null, user.token));
  if (started.state === 'REFUSED') throw new Error(`startPasskeyConfirmation: ${started.codes.join()}`);
  const factor = { passkey: device.answer(started.data['options']) };
  const input = { id, password: user.password, factor };
  const reply = await api.mutate('deletePasskey', 'session { token }', input, user.token);
  const isOff = async () => !(await asksForFactor(world, user));
  if (!(await tookEffect(world, reply, 'deleting a passkey', isOff))) return;
  api.ledger.event('PASSKEY_REMOVED', user.id);
  user.hasFactor = false;
  user.backupCodesLeft = null;
  replaceToken(user, reply.state === 'DONE' ? (reply.data['session'].token as string) : null);
  if (user.token === null) await keepNewSession(world, user);
  const answer = await answerChallenge(world, device);
  await mustBeRefused(world, 'WRONG', 'a deleted passkey signs in', () => signInWith(world, answer));
}

/** A user who adds a passkey, signs in with it, and deletes it. */
export async function livePasskey(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  const device = new SoftwareAuthenticator(ORIGIN);
  const id = await addPasskey(world, user, device);
  for (let number = 0; number < SIGN_INS; number += 1) {
    await signInWithPasskey(world, user, device);
    await checkAfterFault(world, user);
  }
  if (id !== null && user.token !== null) await deletePasskey(world, user, id, device);
  await checkUser(world, user);
  return user;
}
