import { checkAfterFault, checkUser } from '../check-user.ts';
import type { SoakUser } from '../user.ts';
import { openChallenge, signUp } from '../sign-in.ts';
import { turnOn, verifyFactor } from '../two-factor.ts';
import { mustBeRefused, raceTwice, settled, type World } from '../world.ts';

const SIGN_INS = 4;

/** Reads how many backup codes are left after an act without an answer, which may have consumed one. */
async function resolveCodesLeft(world: World, user: SoakUser): Promise<void> {
  const { api } = world;
  const reply = await settled(() => api.query('{ me { twoFactor { backupCodesLeft } } }', {}, user.token));
  if (reply.state === 'REFUSED') return api.found('LOST', `the session of ${user.username} is not valid`);
  const left = reply.data['me'].twoFactor.backupCodesLeft as number;
  const before = user.backupCodesLeft ?? 0;
  if (left !== before && left !== before - 1)
    api.found(left < before ? 'TWICE' : 'WRONG', `${left} backup codes are left of ${before}`);
  api.ledger.resolve(left !== before);
  user.backupCodesLeft = left;
}

/** Signs in with a code twice at the same time, and with the same code again. */
async function signInWithCode(world: World, user: SoakUser, code: string): Promise<void> {
  const [one, other, third] = [
    await openChallenge(world, user),
    await openChallenge(world, user),
    await openChallenge(world, user),
  ];
  if (!one || !other || !third) return world.api.found('LOST', `${user.username} has no second factor`);
  const factor = { backupCode: code };
  const reply = await raceTwice(world, 'a backup code opened two sessions', (copy) =>
    verifyFactor(world, [one, other][copy]!.challenge, factor),
  );
  if (reply.state === 'REFUSED') return world.api.found('WRONG', 'a right backup code was refused');
  if (reply.state === 'UNKNOWN') return resolveCodesLeft(world, user);
  user.token = reply.data['session'].token as string;
  user.backupCodesLeft = (user.backupCodesLeft ?? 0) - 1;
  await mustBeRefused(world, 'TWICE', 'a backup code worked again', () => verifyFactor(world, third.challenge, factor));
}

/** A user who signs in with backup codes until few are left. */
export async function liveBackupCodes(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  const { codes } = await turnOn(world, user);
  for (const code of codes?.slice(0, SIGN_INS) ?? []) {
    await checkAfterFault(world, user);
    await signInWithCode(world, user, code);
  }
  await checkUser(world, user);
  return user;
}
