import { setTimeout as sleep } from 'node:timers/promises';
import { codeIn, tokenIn, type ReceivedMail } from '../../../test/support/mail-server.js';
import { checkAfterFault, checkUser } from '../check-user.ts';
import { newPassword, type SoakUser } from '../user.ts';
import { isPassword, keepNewSession, replaceToken, signUp } from '../sign-in.ts';
import { mustBeRefused, raceTwice, settled, tookEffect, type World } from '../world.ts';

/** How long a worker waits for a mail before it goes on; the mail must still arrive before the end (in ms). */
const MAIL_MS = 90_000;
const CHECK_EVERY_MS = 50;

/** Waits for a mail that an acknowledged act promised. */
async function promisedMail(
  { api, site }: World,
  address: string,
  isMeant: (mail: ReceivedMail) => boolean,
  what: string,
): Promise<ReceivedMail | null> {
  const find = () => site.mail.to(address).find(isMeant);
  api.ledger.promise(`${what} to ${address}`, () => find() !== undefined);
  const deadline = performance.now() + MAIL_MS;
  const askedAt = performance.now();
  while (!find() && performance.now() < deadline) await sleep(CHECK_EVERY_MS);
  const mail = find() ?? null;
  if (mail) api.disturbances.succeeded('mails', askedAt);
  return mail;
}

/** Requests a code, and binds the address with it, twice at the same time and again. */
async function bindAddress(world: World, user: SoakUser, email: string): Promise<boolean> {
  const { api } = world;
  const sent = await api.mutate('sendVerificationCode', 'expiresAt', { email }, user.token);
  const isSent = await tookEffect(world, sent, 'sending a code', async () => {
    // A second request within a minute is rejected if the first one took effect.
    const again = await settled(() => api.mutate('sendVerificationCode', 'expiresAt', { email }, user.token));
    return again.state === 'DONE' || again.codes.includes('RATE_LIMITED');
  });
  if (!isSent) return false;
  const mail = await promisedMail(world, email, (one) => codeIn(one) !== '', 'a code');
  if (!mail) return false;
  const bind = () => api.mutate('bindEmail', 'user { email }', { email, code: codeIn(mail) }, user.token);
  const reply = await raceTwice(world, 'an emailed code worked twice', bind);
  const isBound = await tookEffect(world, reply, 'binding an address', async () => {
    const me = await settled(() => api.query('{ me { email } }', {}, user.token));
    return me.state === 'DONE' && me.data['me']?.email === email;
  });
  if (!isBound) return false;
  api.ledger.event('EMAIL_BOUND', user.id);
  user.email = email;
  await mustBeRefused(world, 'TWICE', 'an emailed code worked again', bind);
  return true;
}

/** Resets the password with a mailed link, twice at the same time and again. */
async function resetPassword(world: World, user: SoakUser, email: string): Promise<void> {
  const { api } = world;
  const requested = await api.mutate('requestPasswordReset', '', { email });
  // Without an answer it is unknown whether a mail comes, and nothing shows it.
  if (requested.state !== 'DONE') return;
  const mail = await promisedMail(world, email, (one) => tokenIn(one).startsWith('psr_'), 'a link');
  if (!mail) return;
  const next = newPassword();
  const input = { token: tokenIn(mail), newPassword: next, confirmPassword: next };
  const reset = () => api.mutate('resetPassword', '', input);
  const reply = await raceTwice(world, 'a link to reset a password worked twice', reset);
  const isDone = await tookEffect(world, reply, 'a reset of a password', () => isPassword(world, user, next));
  if (!isDone) return;
  api.ledger.event('PASSWORD_RESET', user.id);
  user.endedPasswords.push(user.password);
  user.password = next;
  replaceToken(user, null);
  await mustBeRefused(world, 'TWICE', 'a link to reset a password worked again', reset);
  await promisedMail(world, email, (one) => one.subject !== mail.subject && codeIn(one) === '', 'a notice');
  await keepNewSession(world, user);
}

/** A user who binds an address, and resets the password with it. */
export async function liveEmail(world: World): Promise<SoakUser> {
  const user = await signUp(world);
  const email = `${user.username}@mail.example`;
  const isBound = await bindAddress(world, user, email);
  await checkAfterFault(world, user);
  if (isBound) await resetPassword(world, user, email);
  await checkUser(world, user);
  return user;
}
