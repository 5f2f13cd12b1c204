import { checkAfterFault, checkPerson } from '../check-person.ts';
import { newName, newPassword, type Person } from '../person.ts';
import { isPassword, keepNewSession, replaceToken, signIn, signUp } from '../sign-in.ts';
import { mustBeRefused, settled, tookEffect, untilAnswered, type World } from '../world.ts';

const PASSWORD_CHANGES = 3;

async function changePassword(world: World, person: Person): Promise<void> {
  const next = newPassword();
  const input = { currentPassword: person.password, newPassword: next, confirmPassword: next };
  const reply = await world.api.mutate('changePassword', 'session { token }', input, person.token);
  const isDone = await tookEffect(world, reply, 'a change of password', () => isPassword(world, person, next));
  if (!isDone) return;
  world.api.ledger.event('PASSWORD_CHANGED', person.id);
  person.endedPasswords.push(person.password);
  person.password = next;
  replaceToken(person, reply.state === 'DONE' ? (reply.data['session'].token as string) : null);
  if (person.token === null) await keepNewSession(world, person);
}

async function changeUsername(world: World, person: Person): Promise<void> {
  const next = newName();
  const reply = await world.api.mutate('changeUsername', 'user { username }', { username: next }, person.token);
  const isDone = await tookEffect(world, reply, 'a change of username', async () => {
    const { state } = await settled(() => signIn(world, next, person.password));
    return state === 'DONE';
  });
  if (!isDone) return;
  world.api.ledger.event('USERNAME_CHANGED', person.id);
  const previous = person.username;
  person.username = next;
  await mustBeRefused(world, 'WRONG', `${previous} signs in with a name that was changed`, () =>
    signIn(world, previous, person.password),
  );
}

/** Signs in a second time, and out again. */
async function signInAndOut(world: World, person: Person): Promise<void> {
  const reply = await untilAnswered(() => signIn(world, person.username, person.password));
  if (reply.state === 'REFUSED') return world.api.found('LOST', `${person.username} can't sign in`);
  const token = reply.data['session'].token as string;
  await world.pause();
  const out = await world.api.mutate('logout', '', null, token);
  const isDone = await tookEffect(world, out, 'a sign-out', async () => {
    const me = await settled(() => world.api.query('{ me { id } }', {}, token));
    return me.state === 'REFUSED' || me.data['me'] === null;
  });
  if (isDone) person.endedTokens.push(token);
}

/** A user with a password alone, who changes username and password. */
export async function livePassword(world: World): Promise<Person> {
  const person = await signUp(world);
  for (let number = 0; number < PASSWORD_CHANGES; number += 1) {
    await signInAndOut(world, person);
    await changePassword(world, person);
    await checkAfterFault(world, person);
  }
  await changeUsername(world, person);
  await checkPerson(world, person);
  return person;
}
