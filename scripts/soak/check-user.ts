import type { Key, SoakUser } from './user.ts';
import { signIn } from './sign-in.ts';
import { mustBeRefused, untilAnswered, type World } from './world.ts';

/** How many of the newest ended passwords, sessions and secrets are tried. Each wrong password counts as a failure. */
const TRIED = 2;

const ACCOUNT = `{ me { id username email role status twoFactor { enabled backupCodesLeft }
  callKeys(first: 50) { edges { node { id quotaUsed } } } } }`;
const VERIFY = `query ($key: String!) { verifyCallKey(key: $key) { valid refusal userId callKey { id quotaUsed } } }`;

/** Asks as a gateway whether a call key may be used. */
export const verifyKey = ({ api, gatewayToken }: World, key: string) =>
  untilAnswered(() => api.query(VERIFY, { key }, gatewayToken));

/** Compares everything that the server says about a user with the ledger. */
export async function checkUser(world: World, user: SoakUser): Promise<void> {
  const { ledger, disturbances } = world.api;
  user.checkedAfter = disturbances.over;
  ledger.checks += 1;
  const accepts = user.status === 'ACTIVE';
  if (user.token !== null) await checkSession(world, user, user.token);
  for (const token of user.endedTokens.slice(-TRIED)) await checkEndedToken(world, user, token);
  const { state } = await untilAnswered(() => signIn(world, user.username, user.password));
  if ((state === 'DONE') !== accepts)
    world.api.found(accepts ? 'LOST' : 'WRONG', `the password of ${user.username} (${user.status}): ${state}`);
  for (const password of user.endedPasswords.slice(-TRIED))
    await mustBeRefused(world, 'WRONG', `an old password of ${user.username} works`, () =>
      signIn(world, user.username, password),
    );
  for (const key of user.keys) await checkKey(world, user, key);
}

/** Checks a user after each fault, and not in between. */
export async function checkAfterFault(world: World, user: SoakUser): Promise<void> {
  await world.pause();
  if (user.checkedAfter !== world.api.disturbances.over) await checkUser(world, user);
}

async function checkSession({ api }: World, user: SoakUser, token: string): Promise<void> {
  const reply = await untilAnswered(() => api.query(ACCOUNT, {}, token));
  const me = reply.state === 'DONE' ? (reply.data['me'] as Record<string, any> | null) : null;
  const said = (what: string, is: unknown, must: unknown) => {
    if (is !== must) api.found('LOST', `${what} of ${user.username} is ${String(is)}, not ${String(must)}`);
  };
  if (!me) return said('the session', 'not valid', 'valid');
  if (me['id'] !== user.id) return api.found('WRONG', `${user.username} sees the data of ${me['username']}`);
  said('the username', me['username'], user.username);
  said('the email', me['email'], user.email);
  said('the role', me['role'], user.role);
  said('the status', me['status'], user.status);
  said('two-factor authentication', me['twoFactor'].enabled, user.hasFactor);
  if (user.backupCodesLeft !== null)
    said('the number of backup codes', me['twoFactor'].backupCodesLeft, user.backupCodesLeft);
  const nodes = (me['callKeys'].edges as { node: { id: string; quotaUsed: number } }[]).map(({ node }) => node);
  said('the number of call keys', nodes.length, user.keys.filter(({ state }) => state !== 'DELETED').length);
}

async function checkEndedToken({ api }: World, { username }: SoakUser, token: string): Promise<void> {
  const reply = await untilAnswered(() => api.query('{ me { id } }', {}, token));
  if (reply.state === 'DONE' && reply.data['me'] !== null)
    api.found('WRONG', `an ended session of ${username} is valid`);
}

async function checkKey(world: World, user: SoakUser, key: Key): Promise<void> {
  const must = key.state === 'ACTIVE' && user.status === 'ACTIVE';
  const verification = await verify(world, key.secret);
  if (verification.valid !== must)
    world.api.found(must ? 'LOST' : 'WRONG', `a call key of ${user.username} is valid: ${verification.valid}`);
  if (verification.valid && (verification.userId !== user.id || verification.callKey?.id !== key.id))
    world.api.found('WRONG', `a call key of ${user.username} is one of ${String(verification.userId)}`);
  const charged = Number(verification.callKey?.quotaUsed ?? key.charged);
  if (charged !== key.charged)
    world.api.found(
      charged < key.charged ? 'LOST' : 'TWICE',
      `a call key of ${user.username} is charged ${charged}, not ${key.charged}`,
    );
  for (const secret of key.ended.slice(-TRIED))
    if ((await verify(world, secret)).valid)
      world.api.found('WRONG', `an old secret of a call key of ${user.username} works`);
}

interface Verification {
  readonly valid: boolean;
  readonly userId: string | null;
  readonly callKey: { readonly id: string; readonly quotaUsed: number } | null;
}

async function verify(world: World, secret: string): Promise<Verification> {
  const reply = await verifyKey(world, secret);
  if (reply.state === 'DONE') return reply.data['verifyCallKey'] as Verification;
  world.api.found('LOST', `the token of the gateway was refused: ${reply.codes.join()}`);
  return { valid: false, userId: null, callKey: null };
}
