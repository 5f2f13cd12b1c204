import { checkAfterFault, checkUser } from '../check-user.ts';
import { newName, newPassword, newUser, type SoakUser } from '../user.ts';
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
async function create(world: World): Promise<SoakUser> {
  const { api, rootToken } = world;
  for (;;) {
    const username = newName();
    const made = await api.mutate('createUser', 'user { id } passwordLink', { username, reason }, rootToken);
    if (made.state === 'REFUSED') throw new Error(`createUser was refused: ${made.codes.join()}`);
    if (made.state === 'UNKNOWN') continue;
    api.ledger.event('USER_CREATED', made.data['user'].id as string);
    const password = newPassword();
    const user = newUser(made.data['user'].id as string, username, password, null);
    const token = (made.data['passwordLink'] as string).split('#')[1];
    const set = await api.mutate('resetPassword', '', { token, newPassword: password, confirmPassword: password });
    if (!(await tookEffect(world, set, 'setting a password', () => isPassword(world, user, password)))) continue;
    api.ledger.event('PASSWORD_RESET', user.id);
    await keepNewSession(world, user);
    return user;
  }
}

async function setStatus(world: World, user: SoakUser, status: 'ACTIVE' | 'DISABLED'): Promise<void> {
  const input = { userId: user.id, status, reason };
  const reply = await world.api.mutate('setUserStatus', 'user { status }', input, world.rootToken);
  const isSet = async () => (await read(world, user.id))?.['status'] === status;
  if (!(await tookEffect(world, reply, 'a change of status', isSet))) return;
  world.api.ledger.event('USER_STATUS_SET', user.id);
  user.status = status;
  if (status === 'DISABLED') replaceToken(user, null);
  else await keepNewSession(world, user);
}

async function setRole(world: World, user: SoakUser, role: 'USER' | 'ADMIN'): Promise<void> {
  const input = { userId: user.id, role, reason };
  const reply = await world.api.mutate('setUserRole', 'user { role }', input, world.rootToken);
  const isSet = async () => (await read(world, user.id))?.['role'] === role;
  if (!(await tookEffect(world, reply, 'a change of role', isSet))) return;
  world.api.ledger.event('USER_ROLE_SET', user.id);
  user.role = role;
  replaceToken(user, null);
  await keepNewSession(world, user);
}

async function revokeSessions(world: World, user: SoakUser): Promise<void> {
  const input = { userId: user.id, reason };
  const reply = await world.api.mutate('revokeUserSessions', 'revokedCount', input, world.rootToken);
  const isDone = await tookEffect(world, reply, 'revoking sessions', async () => {
    const found = await read(world, user.id);
    return (found?.['sessions'] as unknown[] | undefined)?.length === 0;
  });
  if (!isDone) return;
  world.api.ledger.event('USER_SESSIONS_REVOKED', user.id);
  replaceToken(user, null);
  await keepNewSession(world, user);
}

async function deleteOrRestore(world: World, user: SoakUser, name: 'deleteUser' | 'restoreUser'): Promise<void> {
  const reply = await world.api.mutate(name, '__typename', { userId: user.id, reason }, world.rootToken);
  const status = name === 'deleteUser' ? 'DELETED' : 'ACTIVE';
  const isDone = async () => (await read(world, user.id))?.['status'] === status;
  if (!(await tookEffect(world, reply, name, isDone))) return;
  world.api.ledger.event(name === 'deleteUser' ? 'USER_DELETED' : 'USER_RESTORED', user.id);
  user.status = status;
  replaceToken(user, null);
  if (status === 'ACTIVE') await keepNewSession(world, user);
}

/** A user whom an administrator creates, disables, promotes, signs out, deletes and restores. */
export async function liveAdministration(world: World): Promise<SoakUser> {
  const user = await create(world);
  await checkAfterFault(world, user);
  await setStatus(world, user, 'DISABLED');
  await checkAfterFault(world, user);
  while (user.status === 'DISABLED') await setStatus(world, user, 'ACTIVE');
  if (user.status === 'ACTIVE') {
    await setRole(world, user, 'ADMIN');
    await checkAfterFault(world, user);
    if (user.role === 'ADMIN') await setRole(world, user, 'USER');
    await revokeSessions(world, user);
  }
  await checkAfterFault(world, user);
  await deleteOrRestore(world, user, 'deleteUser');
  await checkAfterFault(world, user);
  if (user.status === 'DELETED') await deleteOrRestore(world, user, 'restoreUser');
  await checkUser(world, user);
  return user;
}
