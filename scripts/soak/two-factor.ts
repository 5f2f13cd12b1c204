import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'otplib';
import type { SoakUser } from './user.ts';
import { asksForFactor, keepNewSession, replaceToken } from './sign-in.ts';
import { tookEffect, untilAnswered, type World } from './world.ts';

/** The TOTP time step (in ms; RFC 6238). */
const STEP_MS = 30_000;
/** How long a request with a code may take until the code is verified (in ms). */
const MARGIN_MS = 10_000;

/** An authenticator app. It shows each code once. */
export class App {
  #lastStep = 0;

  constructor(readonly secret: string) {}

  /** The next unused code: that of the previous, this or the next time step. Waits if all three are used. */
  async nextCode(): Promise<string> {
    const step = Math.max(this.#lastStep + 1, Math.floor((Date.now() + MARGIN_MS) / STEP_MS) - 1);
    // A code of the next step is accepted now; one that is later is not, yet.
    while (step > Math.floor(Date.now() / STEP_MS) + 1) await sleep(1_000);
    this.#lastStep = step;
    return generate({ secret: this.secret, epoch: (step * STEP_MS) / 1_000 });
  }
}

/** Turns two-factor authentication on with an app. @returns the app and the backup codes; null if they are unknown */
export async function turnOn(
  world: World,
  user: SoakUser,
): Promise<{ readonly app: App; readonly codes: readonly string[] | null }> {
  const { api } = world;
  for (;;) {
    const started = await untilAnswered(() => api.mutate('enableTwoFactor', 'enrolment { secret }', null, user.token));
    if (started.state === 'REFUSED') throw new Error(`enableTwoFactor was refused: ${started.codes.join()}`);
    const app = new App(started.data['enrolment'].secret as string);
    const code = await app.nextCode();
    const reply = await api.mutate('confirmTwoFactor', 'backupCodes session { token }', { code }, user.token);
    const isOn = await tookEffect(world, reply, 'an enrolment', () => asksForFactor(world, user));
    if (!isOn) continue;
    api.ledger.event('TWO_FACTOR_ENABLED', user.id);
    user.hasFactor = true;
    const data = reply.state === 'DONE' ? reply.data : null;
    const codes = (data?.['backupCodes'] as string[] | undefined) ?? null;
    user.backupCodesLeft = codes?.length ?? null;
    replaceToken(user, (data?.['session'].token as string | undefined) ?? null);
    return { app, codes };
  }
}

/** Turns two-factor authentication off. @returns whether it took effect */
export async function turnOff(world: World, user: SoakUser, factor: object): Promise<boolean> {
  const input = { factor, password: user.password };
  const reply = await world.api.mutate('disableTwoFactor', 'session { token }', input, user.token);
  const isDone = await tookEffect(
    world,
    reply,
    'turning two-factor authentication off',
    async () => !(await asksForFactor(world, user)),
  );
  if (!isDone) return false;
  world.api.ledger.event('TWO_FACTOR_DISABLED', user.id);
  user.hasFactor = false;
  user.backupCodesLeft = null;
  replaceToken(user, reply.state === 'DONE' ? (reply.data['session'].token as string) : null);
  if (user.token === null) await keepNewSession(world, user);
  return true;
}

/** Completes a sign-in. */
export const verifyFactor = ({ api }: World, challenge: string, factor: object) =>
  api.mutate('verifySecondFactor', 'user { id } session { token } backupCodesLeft', { challenge, factor });
