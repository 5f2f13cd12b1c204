import { checkAfterFault, checkUser } from '../check-user.ts';
import { newName, newPassword, type SoakUser } from '../user.ts';
import { isPassword, keepNewSession, replaceToken, signIn, signUp } from '../sign-in.ts';
import { mustBeRefused, settled, tookEffect, untilAnswered, type World } from '../world.ts';

const PASSWORD_CHANGES = 3;

async function changePassword(world: World, user: SoakUser): Promise<void> {
  const next = newPassword();
  const input = { currentPassword: user.password, newPassword: next, confirmPassword: next };
  const reply = await world.api.mutate('changePassword', 'session { token }', input, user.token);
  const isDone = await tookEffect(world, reply, 'a change of password', () => isPassword(world, user, next));
  if (!isDone) return;
  world.api.ledger.event('PASSWORD_CHANGED', user.id);
  user.endedPasswords.push(user.password);
  user.password = next;
  replaceToken(user, reply.state === 'DONE' ? (reply.data['session'].token as string) : null);
  if (user.token === null) await keepNewSession(world, user);
}

async function changeUsername(world: World, user: SoakUser): Promise<void> {
  const next = newName();
  const reply = await world.api.mutate('changeUsername', 'user { username }', { username: next }, user.token);
  const isDone = await tookEffect(world, reply, 'a change of username', async () => {
    const { state } = await settled(() => signIn(world, next, user.password));
    return state === 'DONE';
  });
  if (!isDone) return;
  world.api.ledger.event('USERNAME_CHANGED', user.id);
  const previous = user.username;
  user.username = next;
  await mustBeRefused(world, 'WRONG', `${previous} signs in with a name that was changed`, () =>
    signIn(world, previous, user.password),
  );
}

/** Signs in a second time, and out again. */
async function signInAndOut(world: World, user: SoakUser): Promise<void> {
  const reply = await untilAnswered(() => signIn(world, user.username, user.password));
  if (reply.state === 'REFUSED') return world.api.found('LOST', `${user.username} can't sign in`);
  const token = reply.data['session'].token as string;
  await world.pause();
  const out = await world.api.mutate('logout', '', null, token);
  const isDone = await tookEffect(world, out, 'a sign-out', async () => {
    const me = await settled(() => world.api.query('{ me { id } }', {}, token));
    return me.state === 'REFUSED' || me.data['me'] === null;
  });
  if (isDone) user.endedTokens.push(token);
}

/** A user with a password alone, who changes username and password. */
export async function livePassword(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  for (let number = 0; number < PASSWORD_CHANGES; number += 1) {
    await signInAndOut(world, user);
    await changePassword(world, user);
    await checkAfterFault(world, user);
  }
  await changeUsername(world, user);
  await checkUser(world, user);
  return user;
}
