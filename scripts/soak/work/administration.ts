import { checkAfterFault, checkPerson } from '../check-person.ts';
import { newName, newPassword, newPerson, type Person } from '../person.ts';
import { isPassword, keepNewSession, replaceToken } from '../sign-in.ts';
import { settled, tookEffect, type World } from '../world.ts';

const reason = 'Soak';

async function read({ api, rootToken }: World, id: string): Promise<Record<string, any> | null> {
  const reply = await settled(() =>
    api.query('query ($id: ID!) { user(id: $id) { status role sessions { id } } }', { id }, rootToken),
  );
  if (reply.state === 'DONE') return reply.data['user'] as Record<string, any> | null;
  api.found('LOST', `the session of the administrator: ${reply.codes.join()}`);
  return null;
}

/** Creates a user, who sets the password with the link. */
async function create(world: World): Promise<Person> {
  const { api, rootToken } = world;
  for (;;) {
    const username = newName();
    const made = await api.mutate('createUser', 'user { id } passwordLink', { username, reason }, rootToken);
    if (made.state === 'REFUSED') throw new Error(`createUser was refused: ${made.codes.join()}`);
    if (made.state === 'UNKNOWN') continue;
    api.ledger.event('USER_CREATED', made.data['user'].id as string);
    const password = newPassword();
    const person = newPerson(made.data['user'].id as string, username, password, null);
    const token = (made.data['passwordLink'] as string).split('#')[1];
    const set = await api.mutate('resetPassword', '', { token, newPassword: password, confirmPassword: password });
    if (!(await tookEffect(world, set, 'setting a password', () => isPassword(world, person, password)))) continue;
    api.ledger.event('PASSWORD_RESET', person.id);
    await keepNewSession(world, person);
    return person;
  }
}

async function setStatus(world: World, person: Person, status: 'ACTIVE' | 'DISABLED'): Promise<void> {
  const input = { userId: person.id, status, reason };
  const reply = await world.api.mutate('setUserStatus', 'user { status }', input, world.rootToken);
  const isSet = async () => (await read(world, person.id))?.['status'] === status;
  if (!(await tookEffect(world, reply, 'a change of status', isSet))) return;
  world.api.ledger.event('USER_STATUS_SET', person.id);
  person.status = status;
  if (status === 'DISABLED') replaceToken(person, null);
  else await keepNewSession(world, person);
}

async function setRole(world: World, person: Person, role: 'USER' | 'ADMIN'): Promise<void> {
  const input = { userId: person.id, role, reason };
  const reply = await world.api.mutate('setUserRole', 'user { role }', input, world.rootToken);
  const isSet = async () => (await read(world, person.id))?.['role'] === role;
  if (!(await tookEffect(world, reply, 'a change of role', isSet))) return;
  world.api.ledger.event('USER_ROLE_SET', person.id);
  person.role = role;
  replaceToken(person, null);
  await keepNewSession(world, person);
}

async function revokeSessions(world: World, person: Person): Promise<void> {
  const input = { userId: person.id, reason };
  const reply = await world.api.mutate('revokeUserSessions', 'revokedCount', input, world.rootToken);
  const isDone = await tookEffect(world, reply, 'revoking sessions', async () => {
    const user = await read(world, person.id);
    return (user?.['sessions'] as unknown[] | undefined)?.length === 0;
  });
  if (!isDone) return;
  world.api.ledger.event('USER_SESSIONS_REVOKED', person.id);
  replaceToken(person, null);
  await keepNewSession(world, person);
}

async function deleteOrRestore(world: World, person: Person, name: 'deleteUser' | 'restoreUser'): Promise<void> {
  const reply = await world.api.mutate(name, '__typename', { userId: person.id, reason }, world.rootToken);
  const status = name === 'deleteUser' ? 'DELETED' : 'ACTIVE';
  const isDone = async () => (await read(world, person.id))?.['status'] === status;
  if (!(await tookEffect(world, reply, name, isDone))) return;
  world.api.ledger.event(name === 'deleteUser' ? 'USER_DELETED' : 'USER_RESTORED', person.id);
  person.status = status;
  replaceToken(person, null);
  if (status === 'ACTIVE') await keepNewSession(world, person);
}

/** A user whom an administrator creates, disables, promotes, signs out, deletes and restores. */
export async function liveAdministration(world: World): Promise<Person> {
  const person = await create(world);
  await checkAfterFault(world, person);
  await setStatus(world, person, 'DISABLED');
  await checkAfterFault(world, person);
  while (person.status === 'DISABLED') await setStatus(world, person, 'ACTIVE');
  if (person.status === 'ACTIVE') {
    await setRole(world, person, 'ADMIN');
    await checkAfterFault(world, person);
    if (person.role === 'ADMIN') await setRole(world, person, 'USER');
    await revokeSessions(world, person);
  }
  await checkAfterFault(world, person);
  await deleteOrRestore(world, person, 'deleteUser');
  await checkAfterFault(world, person);
  if (person.status === 'DELETED') await deleteOrRestore(world, person, 'restoreUser');
  await checkPerson(world, person);
  return person;
}
