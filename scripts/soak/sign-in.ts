import type { Reply } from './api.ts';
import { newName, newPassword, newUser, type SoakUser } from './user.ts';
import { settled, untilAnswered, type World } from './world.ts';

const signInFields = 'user { id username } session { token } secondFactor { challenge passkeyOptions }';

/** Signs in with a password. */
export const signIn = ({ api }: World, login: string, password: string): Promise<Reply> =>
  api.mutate('login', signInFields, { login, password, delivery: 'BEARER' });

/** Whether a password is accepted, once nothing is in progress. */
export async function isPassword(world: World, { username }: SoakUser, password: string): Promise<boolean> {
  return (await settled(() => signIn(world, username, password))).state === 'DONE';
}

/** Signs up a new user. */
export async function signUp(world: World): Promise<SoakUser> {
  for (;;) {
    const [username, password] = [newName(), newPassword()];
    const input = { username, password, confirmPassword: password, delivery: 'BEARER' };
    const reply = await world.api.mutate('register', 'user { id } session { token }', input);
    if (reply.state === 'REFUSED') world.api.found('WRONG', `a sign-up was refused: ${reply.codes.join()}`);
    const known = reply.state === 'UNKNOWN' ? await settled(() => signIn(world, username, password)) : reply;
    if (reply.state === 'UNKNOWN') world.api.ledger.resolve(known.state === 'DONE');
    if (known.state === 'DONE') {
      const { user, session } = known.data;
      world.api.ledger.event('REGISTERED', user.id as string);
      return newUser(user.id as string, username, password, session.token as string);
    }
  }
}

/** Signs a user in again, and keeps the session. For users without a second factor. */
export async function keepNewSession(world: World, user: SoakUser): Promise<void> {
  const reply = await untilAnswered(() => signIn(world, user.username, user.password));
  const session = reply.state === 'DONE' ? reply.data['session'] : null;
  if (!session) world.api.found('LOST', `${user.username} can't sign in with the acknowledged password`);
  user.token = (session?.token as string | undefined) ?? null;
}

/** Replaces the session that is kept: the previous token must no longer work. */
export function replaceToken(user: SoakUser, token: string | null): void {
  if (user.token !== null && user.token !== token) user.endedTokens.push(user.token);
  user.token = token;
}

/** The right to complete a sign-in with a second factor. Null if the password alone is enough. */
export async function openChallenge(
  world: World,
  { username, password }: SoakUser,
): Promise<{ readonly challenge: string; readonly passkeyOptions: unknown } | null> {
  const reply = await untilAnswered(() => signIn(world, username, password));
  if (reply.state === 'REFUSED') {
    world.api.found('LOST', `${username} can't sign in with the acknowledged password: ${reply.codes.join()}`);
    return null;
  }
  return reply.data['secondFactor'] as { challenge: string; passkeyOptions: unknown } | null;
}

/** Whether a sign-in asks for a second factor, once nothing is in progress. */
export async function asksForFactor(world: World, { username, password }: SoakUser): Promise<boolean> {
  const reply = await settled(() => signIn(world, username, password));
  if (reply.state === 'REFUSED') world.api.found('LOST', `${username} can't sign in: ${reply.codes.join()}`);
  return reply.state === 'DONE' && Boolean(reply.data['secondFactor']);
}
