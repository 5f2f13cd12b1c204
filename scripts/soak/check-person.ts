import type { Key, Person } from './person.ts';
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
export async function checkPerson(world: World, person: Person): Promise<void> {
  const { ledger, disturbances } = world.api;
  person.checkedAfter = disturbances.over;
  ledger.checks += 1;
  const accepts = person.status === 'ACTIVE';
  if (person.token !== null) await checkSession(world, person, person.token);
  for (const token of person.endedTokens.slice(-TRIED)) await checkEndedToken(world, person, token);
  const { state } = await untilAnswered(() => signIn(world, person.username, person.password));
  if ((state === 'DONE') !== accepts)
    world.api.found(accepts ? 'LOST' : 'WRONG', `the password of ${person.username} (${person.status}): ${state}`);
  for (const password of person.endedPasswords.slice(-TRIED))
    await mustBeRefused(world, 'WRONG', `an old password of ${person.username} works`, () =>
      signIn(world, person.username, password),
    );
  for (const key of person.keys) await checkKey(world, person, key);
}

/** Checks a user after each fault, and not in between. */
export async function checkAfterFault(world: World, person: Person): Promise<void> {
  await world.pause();
  if (person.checkedAfter !== world.api.disturbances.over) await checkPerson(world, person);
}

async function checkSession({ api }: World, person: Person, token: string): Promise<void> {
  const reply = await untilAnswered(() => api.query(ACCOUNT, {}, token));
  const me = reply.state === 'DONE' ? (reply.data['me'] as Record<string, any> | null) : null;
  const said = (what: string, is: unknown, must: unknown) => {
    if (is !== must) api.found('LOST', `${what} of ${person.username} is ${String(is)}, not ${String(must)}`);
  };
  if (!me) return said('the session', 'not valid', 'valid');
  if (me['id'] !== person.id) return api.found('WRONG', `${person.username} sees the data of ${me['username']}`);
  said('the username', me['username'], person.username);
  said('the email', me['email'], person.email);
  said('the role', me['role'], person.role);
  said('the status', me['status'], person.status);
  said('two-factor authentication', me['twoFactor'].enabled, person.hasFactor);
  if (person.backupCodesLeft !== null)
    said('the number of backup codes', me['twoFactor'].backupCodesLeft, person.backupCodesLeft);
  const nodes = (me['callKeys'].edges as { node: { id: string; quotaUsed: number } }[]).map(({ node }) => node);
  said('the number of call keys', nodes.length, person.keys.filter(({ state }) => state !== 'DELETED').length);
}

async function checkEndedToken({ api }: World, { username }: Person, token: string): Promise<void> {
  const reply = await untilAnswered(() => api.query('{ me { id } }', {}, token));
  if (reply.state === 'DONE' && reply.data['me'] !== null)
    api.found('WRONG', `an ended session of ${username} is valid`);
}

async function checkKey(world: World, person: Person, key: Key): Promise<void> {
  const must = key.state === 'ACTIVE' && person.status === 'ACTIVE';
  const verification = await verify(world, key.secret);
  if (verification.valid !== must)
    world.api.found(must ? 'LOST' : 'WRONG', `a call key of ${person.username} is valid: ${verification.valid}`);
  if (verification.valid && (verification.userId !== person.id || verification.callKey?.id !== key.id))
    world.api.found('WRONG', `a call key of ${person.username} is one of ${String(verification.userId)}`);
  const charged = Number(verification.callKey?.quotaUsed ?? key.charged);
  if (charged !== key.charged)
    world.api.found(
      charged < key.charged ? 'LOST' : 'TWICE',
      `a call key of ${person.username} is charged ${charged}, not ${key.charged}`,
    );
  for (const secret of key.ended.slice(-TRIED))
    if ((await verify(world, secret)).valid)
      world.api.found('WRONG', `an old secret of a call key of ${person.username} works`);
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
