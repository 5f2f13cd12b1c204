import { checkAfterFault, checkUser } from '../check-user.ts';
import type { SoakUser } from '../user.ts';
import { openChallenge, signUp } from '../sign-in.ts';
import { turnOff, turnOn, verifyFactor, type App } from '../two-factor.ts';
import { mustBeRefused, raceTwice, type World } from '../world.ts';

/** Signs in with a code twice at the same time, and with the same code again. */
async function signInWithCode(world: World, user: SoakUser, app: App): Promise<void> {
  const [one, other, third] = [
    await openChallenge(world, user),
    await openChallenge(world, user),
    await openChallenge(world, user),
  ];
  if (!one || !other || !third) return world.api.found('LOST', `${user.username} has no second factor`);
  const factor = { totpCode: await app.nextCode() };
  const reply = await raceTwice(world, 'an authenticator code opened two sessions', (copy) =>
    verifyFactor(world, [one, other][copy]!.challenge, factor),
  );
  if (reply.state === 'REFUSED') return world.api.found('WRONG', 'a right authenticator code was refused');
  if (reply.state !== 'DONE') return;
  if (reply.data['user'].id !== user.id) world.api.found('WRONG', 'a sign-in led to another user');
  user.token = reply.data['session'].token as string;
  await mustBeRefused(world, 'TWICE', 'an authenticator code worked again', () =>
    verifyFactor(world, third.challenge, factor),
  );
}

/** A user who turns two-factor authentication on, signs in with an authenticator app, and turns it off. */
export async function liveTotp(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  const { app, codes } = await turnOn(world, user);
  await checkAfterFault(world, user);
  await signInWithCode(world, user, app);
  await checkAfterFault(world, user);
  await signInWithCode(world, user, app);
  await checkAfterFault(world, user);
  // The three codes of this minute are used.
  const [backupCode] = codes ?? [];
  if (user.token !== null && backupCode !== undefined) await turnOff(world, user, { backupCode });
  await checkUser(world, user);
  return user;
}
